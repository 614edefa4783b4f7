"""What is typed against all there is: at most a dozen entries, always in the same order. Pure, no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dispatch_app.operations.pinyin_index import fold, rank
from dispatch_app.ui.palette.commands import command_entries
from dispatch_app.ui.palette.entries import Entry, Group
from dispatch_app.ui.palette.references import Asked, number_typed
from dispatch_app.ui.palette.snapshot import KnownFault, letters
from dispatch_app.ui.palette.verbs import said

MOST = 12
MOST_OF_A_GROUP = 6
LEAST_OF_ENTRY = 2
"""Letters before entries of registers are looked up: one is in nearly all of them."""
EXACT, BEGINNING, FRAGMENT, MENTIONED = range(4)
"""How well something is named, the best first; mentioned: in a symptom."""


def find(text: str, asked: Asked) -> tuple[Entry, ...]:
    """What `text` may mean, best first: the exact before the beginning of a name, that before a fragment;
    among equals the groups in their order. Nothing typed offers the most pressing faults and the pages."""
    wanted = fold(text)
    if not wanted:
        pages = [known.entry for known in asked.known.named if known.entry.group is Group.PAGE]
        return _dozen([*(fault.entry for fault in asked.known.faults), *pages])
    whole, begun = command_entries(text, asked)
    ranked = [(EXACT, Group.COMMAND, entry) for entry in whole]
    ranked += [(BEGINNING, Group.COMMAND, entry) for entry in begun]
    ranked += [(how, entry.group, entry) for how, entry in _faults(wanted, asked)]
    ranked += [(how, entry.group, entry) for how, entry in _others(wanted, asked)]
    ranked += [(how, entry.group, entry) for how, entry in _entries(wanted, asked)]
    ranked.sort(key=lambda item: item[:2])
    return _dozen([entry for _, _, entry in ranked])


def ended_wish(text: str) -> str:
    """What to ask for among the faults that have left the desk: the number in a command, or all of it."""
    narrow = text.strip()
    for one in said(narrow):
        if one.whole:
            return number_typed(one.rest)
    return number_typed(narrow) or narrow


def _faults(wanted: str, asked: Asked) -> Iterator[tuple[int, Entry]]:
    digits = wanted.lstrip("0") if wanted.isdecimal() else ""
    for fault in (*asked.known.faults, *asked.ended):
        how = _fault_match(wanted, digits, fault)
        if how is not None:
            yield how, fault.entry


def _fault_match(wanted: str, digits: str, fault: KnownFault) -> int | None:
    if digits:
        # Digits alone are a number, and 7 is not 17.
        return EXACT if fault.digits == digits else None
    number = fold(fault.row.number)
    if wanted in (number, number.replace("-", "")):
        return EXACT
    found = _how(rank(wanted, fault.row.site_name, fault.initials, fault.pinyin))
    if found is not None:
        # A whole name is the site's own; its faults stand behind it as before any other.
        return max(found, BEGINNING)
    if number.startswith(wanted):
        return BEGINNING
    return MENTIONED if wanted in fault.symptom else None


def entries_wish(text: str) -> str:
    """What to ask for among the entries of registers: all of what was typed, unless it is a command."""
    narrow = text.strip()
    if len(letters([narrow])) < LEAST_OF_ENTRY or any(one.whole for one in said(narrow)):
        return ""
    return narrow


def _entries(wanted: str, asked: Asked) -> Iterator[tuple[int, Entry]]:
    parts = [part for one in wanted.split() if (part := letters([one]))]
    for known in asked.entries:
        if wanted in known.names:
            yield EXACT, known.entry
        elif any(name.startswith(wanted) for name in known.names):
            yield BEGINNING, known.entry
        elif all(part in known.letters for part in parts):
            # The answer to an earlier text stays in sight only as far as it still fits.
            yield MENTIONED, known.entry


def _others(wanted: str, asked: Asked) -> Iterator[tuple[int, Entry]]:
    for person in asked.known.people:
        how = _how(rank(wanted, person.row.name, person.initials, person.pinyin))
        if how is None and person.row.digit and wanted == str(person.row.digit):
            how = BEGINNING
        if how is not None:
            yield how, person.entry
    for known in asked.known.named:
        how = _how(rank(wanted, known.name, known.initials, known.pinyin))
        if how is not None:
            yield how, known.entry


def _how(order: int | None) -> int | None:
    """`pinyin_index.rank` as one of the four."""
    if order is None:
        return None
    if order == 0:
        return EXACT
    return BEGINNING if order <= 3 else FRAGMENT


def _dozen(entries: list[Entry]) -> tuple[Entry, ...]:
    taken: Counter[Group] = Counter()
    kept: list[Entry] = []
    for entry in entries:
        if taken[entry.group] < MOST_OF_A_GROUP and len(kept) < MOST:
            taken[entry.group] += 1
            kept.append(entry)
    return tuple(kept)
