"""Which fault, which person and which moment the words of a command mean. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from re import compile as pattern
from typing import TypeVar

from dispatch_app.operations.pinyin_index import fold, rank
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.desk.beijing import length_text, moment_text
from dispatch_app.ui.desk.when import parse_when, part_when
from dispatch_app.ui.palette.snapshot import KnownEntry, KnownFault, KnownPerson, Snapshot

_NUMBER = pattern(r"((?:[A-Za-z]-?)?)(\d{1,9})(?![\d:：/.\-])\s*")
_FOUR_DIGITS = pattern(r"^([01]\d|2[0-3])([0-5]\d)(?=\s|$)")
FRAGMENT = 2
"""So many characters of a site's name must stand there before a fragment from its middle counts."""
PREFIXES = 3
"""Ranks of `pinyin_index.rank` up to this one are the whole name or its beginning."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command is read against. `ended`: faults off the desk that a question has found for the text.

    `entries`: those of registers that the same question has found, in the order of the answer.
    `selected`: the fault the desk shows, open or not; None where none is. `now`: epoch seconds UTC.
    """

    known: Snapshot
    now: int
    selected: FaultRow | None = None
    ended: tuple[KnownFault, ...] = ()
    entries: tuple[KnownEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """`faults`: which are meant, the likeliest first. `number`: the number typed that no fault has.

    `typed`: whether a fault was named at all; otherwise the selected one is meant.
    """

    faults: tuple[FaultRow, ...]
    rest: str
    typed: bool
    number: str = ""


def number_typed(text: str) -> str:
    """The digits of a fault's number with which `text` begins, or an empty string."""
    found = _NUMBER.match(text.strip())
    return found[2] if found is not None else ""


def by_number(asked: Asked, text: str) -> Named | None:
    """The fault whose number `text` begins with; None where it begins with none."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    letter, digits = found[1].rstrip("-").upper(), found[2].lstrip("0")
    rows = tuple(
        fault.row
        for fault in (*asked.known.faults, *asked.ended)
        if fault.digits == digits and fault.row.number.startswith(letter)
    )
    return Named(rows, text[found.end() :], True, "" if rows else found[0].strip())


def by_site(asked: Asked, text: str) -> Named | None:
    """The open faults at the site whose name or spelling the first word of `text` begins or holds."""
    word, _, rest = text.partition(" ")
    wanted = fold(word)
    if not wanted or wanted[0].isdigit() or wanted[0] == "-":
        return None
    ranked = [
        (order, fault.row)
        for fault in asked.known.faults
        if (order := rank(wanted, fault.row.site_name, fault.initials, fault.pinyin)) is not None
        and (order <= PREFIXES or len(wanted) >= FRAGMENT)
    ]
    return Named(best(ranked), rest.strip(), True) if ranked else None


def people(asked: Asked, text: str) -> tuple[tuple[KnownPerson, ...], str]:
    """(who the first word of `text` can mean, what follows it): a digit, a name or its spelling."""
    word, _, rest = text.partition(" ")
    wanted = fold(word)
    if not wanted:
        return (), text
    ranked = [
        (0 if wanted == str(person.row.digit) else order, person)
        for person in asked.known.people
        if (order := _person_rank(wanted, person)) is not None
    ]
    return best(ranked), rest.strip() if ranked else text


def _person_rank(wanted: str, person: KnownPerson) -> int | None:
    if wanted.isdecimal():
        return 0 if person.row.digit and wanted == str(person.row.digit) else None
    return rank(wanted, person.row.name, person.initials, person.pinyin)


def best(ranked: Sequence[tuple[int, T]]) -> tuple[T, ...]:
    """Those of the best rank, in their order."""
    least = min((order for order, _ in ranked), default=0)
    return tuple(item for order, item in ranked if order == least)


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` None is the moment at which Enter is pressed; `words` say the same."""

    at: int | None
    words: str
    note: str


def moment(text: str, now: int, not_before: int) -> Moment:
    """A time as the time field of the desk takes it, `1405` besides, and the note behind it.

    Raises:
        KnownError: It cannot be read, is still to come, or lies before the report.
    """
    typed, note = part_when(_FOUR_DIGITS.sub(r"\1:\2", text.strip(), count=1))
    at = parse_when(typed, now, not_before)
    if not typed:
        return Moment(None, f"现在（{moment_text(now, now)}）", note)
    ago = f"（{length_text(now - at)}前）"
    return Moment(at, moment_text(at, now) + ago, note)
