"""What is asked of a register and what is answered: frozen rows of shown text. Times: epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.register_words import NUMBER, Tone

if TYPE_CHECKING:
    from dispatch_app.operations.registers.kinds import Value


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which entries. An empty `text` or `view` asks for nothing.

    Attributes:
        text: Parts between blanks, each of which must occur.
        view: Key of one of the register's views; `withdrawn` for what no longer stands.
        refers: (column, id, …): only entries that point at one of these; of a `Choice`, its keys.
    """

    text: str = ""
    view: str = ""
    refers: tuple[str, ...] | None = None


WITHDRAWN_VIEW = "withdrawn"
"""The view of what no longer stands; in the order it was entered, the latest first."""


@dataclass(frozen=True, slots=True)
class RegisterSort:
    """`column`: key of a column, or `number`."""

    column: str = NUMBER
    descending: bool = False


Cursor = tuple[str, int]
"""Sort key and id of a row: what comes after it is asked for next."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list.

    Attributes:
        cells: Text of its number and then of each column of the register, in order.
        tones: Column → how urgent it is; quiet ones left out.
    """

    id: int
    entry_id: str
    number: str
    version: int
    standing: bool
    cells: tuple[str, ...]
    tones: Mapping[str, Tone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`after`: where the next page begins; None when this was the last."""

    rows: tuple[EntryRow, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A column before and after, as shown; empty for nothing."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entry's history.

    Attributes:
        said: `登记`, `更正`, the title of an action, `作废`, `恢复` or `撤回`.
        taken_back: It was taken back later.
    """

    said: str
    recorded_at: int
    operator_name: str
    reason: str
    changes: tuple[ChangedCell, ...]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """What points at an entry or belongs to it: how many, and where the list of them is.

    `register`: key of the register the entries stand in, or `faults` for the list of all faults.
    `filter`: what that list then shows; exactly `count` of them. `called`: what it is a part of, where that
    is not the entry itself.
    """

    title: str
    count: int
    register: str
    filter: RegisterFilter | HistoryFilter
    called: str = ""


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """An entry in full.

    Attributes:
        register: Its key.
        typed: Column key → text as a person would type it; empty ones left out.
        values: Column key → value, for rules of the screen.
        history: The latest first.
        refused: Action key → (why it cannot be done now, what to do).
    """

    register: str
    row: EntryRow
    typed: Mapping[str, str]
    values: Mapping[str, Value]
    history: tuple[EntryLine, ...]
    refused: Mapping[str, tuple[str, str]]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of any register, found by what was typed.

    Attributes:
        register: Its key.
        name: What it is called by elsewhere; its number where it has no name.
        said: The texts of its other columns, empty ones left out.
    """

    register: str
    entry_id: str
    number: str
    name: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a person may take in a field: `typed` goes into it, `detail` says more."""

    typed: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RegisterCount:
    """How many entries stand in a register, and in each of its views."""

    register: str
    standing: int
    views: Mapping[str, int]
    pressing: int


@dataclass(frozen=True, slots=True)
class InsideRow:
    """A visit that has not ended.

    Attributes:
        came: Epoch seconds UTC. people: How many came in.
        overnight: They came before today.
    """

    entry_id: str
    number: str
    visitor: str
    unit: str
    room: str
    people: int
    escort: str
    came: int
    overnight: bool
