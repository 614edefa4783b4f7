"""How a register is described: columns, named views, actions, and the rules that are its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of, month_bounds
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.register_words import NUMBER as NUMBER
from dispatch_app.operations.register_words import Tone as Tone
from dispatch_app.operations.registers.kinds import Kind, Value, Values, choice_key, moment_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.neighbours import Neighbours, Other, Stored

if TYPE_CHECKING:
    from dispatch_app.operations.register_rows import Relation

ENTER, AMEND = "enter", "amend"
"""What a check is told when an entry is made, and when a person corrects one; else the key of an action."""
WITHDRAW, RESTORE = "withdraw", "restore"
"""What `Register.stands` is told."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        width: Logical pixels at first. shown: stands in the list until somebody chooses otherwise.
        required: Must be there whenever the entry is written.
        unique: No two standing entries may have the same value.
        entered: Stands in the form of a new entry; others come by an action, a correction or a derivation.
        derived: Made by `Register.derive` or `Register.fill`; nobody types it.
        usual: What the form of a new entry begins with, as typed text.
        hint: A line under the field.
        secret: Its kind keeps a part of what is typed; `Register.follow` is given the whole of it.
        offered: (text, what more there is to say) of what may go into the field for what was typed so far,
            where the column's kind knows nothing to offer.
    """

    key: str
    heading: str
    kind: Kind
    width: int = 120
    required: bool = False
    unique: bool = False
    shown: bool = True
    entered: bool = True
    derived: bool = False
    usual: str = ""
    hint: str = ""
    secret: bool = False
    offered: Callable[[Lookup, str], Sequence[tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Standing entries whose key in `column` lies in [low, high)."""

    column: str
    low: str
    high: str


def empty(column: str) -> Span:
    """Nothing stands in the column."""
    return Span(column, "", "\x01")


def filled(column: str) -> Span:
    """Something stands in the column."""
    return Span(column, "\x01", "\U0010ffff")


def exactly(column: str, key: str) -> Span:
    """The column has this key."""
    return Span(column, key, f"{key}\x01")


def chosen(column: str, words: Mapping[str, str], *keys: str) -> Span:
    """A `Choice` among `words` is one of `keys`, which stand side by side in it."""
    places = [list(words).index(key) for key in keys]
    return Span(column, choice_key(min(places)), f"{choice_key(max(places))}\x01")


def within_days(column: str, now: int, days: int) -> Span:
    """The day in the column is today or one of the `days` days from it."""
    today = date_of(now)
    return Span(column, today.isoformat(), (today + timedelta(days=days + 1)).isoformat())


def before_day(column: str, now: int, days: int = 0) -> Span:
    """The day in the column has passed, or will have in `days` days; empty ones are left out."""
    return Span(column, "\x01", (date_of(now) + timedelta(days=days)).isoformat())


def this_month(column: str, now: int) -> Span:
    """The day in the column lies in the Beijing month of `now`."""
    first = date_of(now).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Span(column, first.isoformat(), after.isoformat())


def moments_of_month(column: str, now: int) -> Span:
    """The moment in the column lies in the Beijing month of `now`."""
    today = date_of(now)
    start, end = month_bounds(today.year, today.month)
    return Span(column, moment_key(start), moment_key(end))


def from_day(column: str, now: int, days: int = 0) -> Span:
    """The day in the column is the one `days` days from today, or a later one."""
    return Span(column, (date_of(now) + timedelta(days=days)).isoformat(), "\U0010ffff")


def before_moment(column: str, moment: int) -> Span:
    """The moment in the column lies before `moment`; empty ones are left out."""
    return Span(column, "\x01", moment_key(moment))


@dataclass(frozen=True, slots=True)
class Twice:
    """Standing entries that have the same value as another one in one of these columns at least."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A named part of a register. `spans`: all of them hold; given the moment, epoch seconds UTC.

    `pressing`: how many there are is shown as what is overdue.
    """

    key: str
    title: str
    spans: Callable[[int], tuple[Span | Twice, ...]]
    pressing: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A step in an entry's life that is no correction: 离开, 归还, 批准.

    Attributes:
        fields: Columns it asks for. preset: typed text they begin with, given the entry's values.
        allowed: Says why it cannot be done now (refusal, remedy), or None.
        sets: Values it writes besides, whatever they were.
        done: The line for the message bar, after the entry's name: `已归还`.
    """

    key: str
    title: str
    fields: tuple[str, ...]
    done: str
    allowed: Callable[[Values], tuple[str, str] | None]
    preset: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """What a rule is given before anything is written.

    Attributes:
        entry_id: Empty while nothing has been written.
        action: `ENTER`, `AMEND` or the key of an action.
        before: Values as they stand; empty for a new entry. after: as they are to be, derived ones included.
        standing: What stands beside it; the database where None.
    """

    session: Session
    law: Law
    lookup: Lookup
    register: Register
    entry_id: str
    action: str
    before: Values
    after: Values
    standing: Neighbours | None = None

    def same(self, column: str, key: str) -> tuple[Other, ...]:
        """The other standing entries with this key in a column; in an import the rows before as well."""
        known = self.standing or Stored(self.session, self.register.key)
        found = known.with_key(column, key)
        return tuple(other for other in found if not self.entry_id or other.entry_id != self.entry_id)

    @property
    def now(self) -> int:
        """Epoch seconds UTC."""
        return self.lookup.now

    @property
    def today(self) -> date:
        """The Beijing day."""
        return date_of(self.lookup.now)

    def changed(self, column: str) -> bool:
        return self.before.get(column) != self.after.get(column)

    def text(self, column: str) -> str:
        """The value to be, as it is shown; empty for none."""
        value = self.after.get(column)
        return "" if value is None else self.register.column(column).kind.text(value, self.lookup)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, for what follows from it in the same transaction.

    `secrets`: secret column → what was typed there, whole; never to be written into a fact or a log.
    """

    register: Register
    entry_id: str
    number: str
    action: str
    before: Values
    after: Values
    secrets: Mapping[str, str] = field(default_factory=dict)


def _no_rule(_check: Check) -> None:
    """Nothing beyond what the columns say."""


def _nothing_filled(_law: Law, _lookup: Lookup, _before: Values, _after: Values) -> Values:
    return {}


def _nothing_derived(_values: Values) -> Mapping[str, Value | None]:
    return {}


def _nothing_follows(_job: Job, _written: Written) -> Changes:
    return Changes()


def _nothing_related(_session: Session, _now: int, _entry_id: str, _values: Values) -> tuple[Relation, ...]:
    return ()


def _no_tones(_values: Values, _today: date) -> Mapping[str, Tone]:
    return {}


@dataclass(frozen=True, slots=True)
class Register:
    """One register.

    Attributes:
        code: Two capitals within its numbers (`A-SB0007`).
        counted: What one entry is called with its measure word: `台设备`, `条记录`.
        clause: Where the contract asks for it, in Chinese.
        naming: Column an entry is called by elsewhere; its number where empty.
        identity: Columns that make two entries the same one for an import; its unique ones where empty.
        faults_by: Column whose text begins the device named by the faults that belong to an entry.
        sort, descending: The order at first.
        confidential: Every copy is marked, numbered and recorded (附二).
        purpose: One sentence for the empty list: what belongs here.
        alone: Column whose value ought to stand once → column that is marked where it stands twice.
        check: Raises `KnownError` with the column as `field` for what must not be written.
        fill: What was left empty and can be known, or is kept because of how the contract is read and how
            things stand elsewhere when an entry is written (the limits in force), given the values as they
            were and as they are to be; it becomes part of the fact.
        derive: Values of the derived columns from the others, None for one that is to be empty; pure.
        follow: What else changes because of what was written, in the same transaction.
        follows: Whether there is such a consequence that 撤回 could not take back.
        related: What belongs to an entry beside what points at it; each with the list it leads to.
        stands: What else changes when an entry is withdrawn or restored (its values as they are both times);
            may refuse with `KnownError`.
        tones: Column → how urgent it is on a Beijing day.
    """

    key: str
    title: str
    code: str
    counted: str
    clause: str
    columns: tuple[Column, ...]
    purpose: str
    naming: str = ""
    identity: tuple[str, ...] = ()
    faults_by: str = ""
    views: tuple[View, ...] = ()
    actions: tuple[Action, ...] = ()
    sort: str = NUMBER
    descending: bool = False
    confidential: bool = False
    alone: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Check], None] = _no_rule
    fill: Callable[[Law, Lookup, Values, Values], Values] = _nothing_filled
    derive: Callable[[Values], Mapping[str, Value | None]] = _nothing_derived
    follow: Callable[[Job, Written], Changes] = _nothing_follows
    follows: bool = False
    related: Callable[[Session, int, str, Values], tuple[Relation, ...]] = _nothing_related
    stands: Callable[[Job, Written], Changes] = _nothing_follows
    tones: Callable[[Values, date], Mapping[str, Tone]] = _no_tones

    def column(self, key: str) -> Column:
        """Raises LookupError for a column there is not."""
        for one in self.columns:
            if one.key == key:
                return one
        raise LookupError(f"{self.key} has no column {key}")

    def action(self, key: str) -> Action:
        """Raises LookupError for an action there is not."""
        for one in self.actions:
            if one.key == key:
                return one
        raise LookupError(f"{self.key} has no action {key}")

    def view(self, key: str) -> View:
        """Raises KnownError for a view there is not: its name may come from an old file."""
        for one in self.views:
            if one.key == key:
                return one
        raise KnownError("没有这个视图", "请在列表上方重新选择")

    @property
    def typed(self) -> tuple[Column, ...]:
        """Columns a person can type, in an entry or a correction."""
        return tuple(column for column in self.columns if not column.derived)


def always(_values: Values) -> tuple[str, str] | None:
    """An action that can be done at any time."""
    return None
