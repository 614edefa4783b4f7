"""Two call logs held against each other: where their times differ, what that does to clocks and sums.

Both are judged by the same reader under the same terms at the same moment. Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.contract.clocks import ClockName, Judged
from dispatch_app.contract.penalties import Penalty
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.assess_log import LogAssessment, assess_log
from dispatch_app.operations.assess_rows import LogCall, Places, RowJudge, folded
from dispatch_app.operations.assess_table import COLUMNS, CallTable
from dispatch_app.operations.log_values import Value, values_of

Said = dict[str, str]
Side = tuple[LogCall, Said]


@dataclass(frozen=True, slots=True)
class Difference:
    """`seconds`: theirs minus ours, None where the column holds no time or one side has none."""

    column: str
    ours: Value
    theirs: Value
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Consequence:
    """A clock that comes out otherwise. `columns`: what decides it; several where none does alone."""

    clock: ClockName
    ours: Judged
    theirs: Judged
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedCall:
    """One call of both, or of one of them.

    Attributes:
        by_number: Matched by call number, otherwise by site and moment; True for one that is alone.
        sum_columns: What decides a differing sum beyond the clocks; empty where the sums agree.
    """

    ours: LogCall | None
    theirs: LogCall | None
    by_number: bool
    differences: tuple[Difference, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    sum_columns: tuple[str, ...] = ()

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """What the call costs by ours and by theirs, yuan, whether in the term or not."""
        return _amount(self.ours), _amount(self.theirs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`ours`, `theirs`: each side's log as a whole, with its tally and the rows it could not read."""

    calls: tuple[ComparedCall, ...]
    ours: LogAssessment
    theirs: LogAssessment


def compare(
    ours: CallTable,
    theirs: CallTable,
    terms: Terms,
    places: Places,
    now: int,
    sites: Mapping[str, str] | None = None,
    tolerance: int = 900,
) -> Comparison:
    """Hold two logs against each other.

    Args:
        sites: Folded name → what tells a site apart, for those with several names.
        tolerance: Seconds that two reports of one call may lie apart where the parties number differently.
    """
    comparer = _Comparer(terms, places, now, sites or {})
    our_side, our_log = comparer.side(ours)
    their_side, their_log = comparer.side(theirs)
    calls = [
        comparer.compared(our_side[mine], their_side[other], by_number)
        for mine, other, by_number in comparer.pairs(our_side, their_side, tolerance)
    ]
    paired = {(id(call.ours), id(call.theirs)) for call in calls}
    ours_met, theirs_met = {mine for mine, _ in paired}, {other for _, other in paired}
    calls += [ComparedCall(call, None, True) for call, _ in our_side if id(call) not in ours_met]
    calls += [ComparedCall(None, call, True) for call, _ in their_side if id(call) not in theirs_met]
    return Comparison(tuple(sorted(calls, key=_order)), our_log, their_log)


class _Comparer:
    def __init__(self, terms: Terms, places: Places, now: int, sites: Mapping[str, str]) -> None:
        self._terms = terms
        self._places = places
        self._now = now
        self._sites = sites

    def side(self, table: CallTable) -> tuple[list[Side], LogAssessment]:
        assessed = assess_log(table, self._terms, self._places, self._now)
        reader = RowJudge(self._terms, self._places, table.place, self._now)
        cells = dict(table.records)
        return [(call, reader.said(cells[call.row])) for call in assessed.calls], assessed

    def pairs(
        self, ours: Sequence[Side], theirs: Sequence[Side], tolerance: int
    ) -> list[tuple[int, int, bool]]:
        """(place in ours, in theirs, by number): by number first, then the nearest in time at a site."""
        numbered = {(call.call_no, call.cycle): place for place, (call, _) in enumerate(theirs)}
        found = [
            (place, numbered[call.call_no, call.cycle], True)
            for place, (call, _) in enumerate(ours)
            if (call.call_no, call.cycle) in numbered
        ]
        mine, other = {pair[0] for pair in found}, {pair[1] for pair in found}
        waiting: dict[str, list[int]] = {}
        for place, (call, _) in enumerate(theirs):
            if place not in other and call.site:
                waiting.setdefault(self._site(call), []).append(place)
        near = sorted(
            (apart, place, candidate)
            for place, (call, _) in enumerate(ours)
            if place not in mine
            for candidate in waiting.get(self._site(call), ())
            if (apart := abs(theirs[candidate][0].start - call.start)) <= tolerance
        )
        for _, place, candidate in near:
            if place not in mine and candidate not in other:
                found.append((place, candidate, False))
                mine.add(place)
                other.add(candidate)
        return found

    def compared(self, ours: Side, theirs: Side, by_number: bool) -> ComparedCall:
        differences = _differences(ours, theirs)
        columns = [one.column for one in differences]
        consequences = tuple(
            Consequence(clock, mine, other, self._deciding(ours, theirs, columns, place))
            for place, (clock, mine, other) in enumerate(
                zip(ClockName, ours[0].judged, theirs[0].judged, strict=True)
            )
            if (mine[0], mine[4]) != (other[0], other[4])
        )
        apart = _sums(ours[0].penalties) != _sums(theirs[0].penalties)
        return ComparedCall(
            ours[0],
            theirs[0],
            by_number,
            differences,
            consequences,
            self._deciding(ours, theirs, columns, None) if apart else (),
        )

    def _deciding(
        self, ours: Side, theirs: Side, columns: Sequence[str], clock: int | None
    ) -> tuple[str, ...]:
        """The columns of which one alone, taken over from theirs, brings our clock (or, for None, our sum)
        to theirs; else those that move it at all; else all."""
        wanted, present = _outcome(theirs[0], clock), _outcome(ours[0], clock)
        outcomes = {column: _outcome(self._imagined(ours, theirs, column), clock) for column in columns}
        alone = tuple(column for column, outcome in outcomes.items() if outcome == wanted)
        moving = tuple(column for column, outcome in outcomes.items() if outcome != present)
        return alone or moving or tuple(columns)

    def _imagined(self, ours: Side, theirs: Side, column: str) -> LogCall:
        """Our call with one cell of theirs."""
        # The zone may stand in their row by the site alone, and ours may be a site nobody knows.
        taken = theirs[0].zone.value if column == "zone" else theirs[1][column]
        cells = ours[1] | {column: taken, "cycle": ""}
        judge = RowJudge(
            self._terms, self._places, {name: place for place, name in enumerate(COLUMNS)}, self._now
        )
        return judge.judge(0, [cells[name] for name in COLUMNS])

    def _site(self, call: LogCall) -> str:
        name = folded(call.site)
        return self._sites.get(name, name)


def _differences(ours: Side, theirs: Side) -> tuple[Difference, ...]:
    mine, other = values_of(*ours), values_of(*theirs)
    return tuple(
        Difference(column, mine[column], other[column], _apart(mine[column], other[column]))
        for column in mine
        if mine[column] != other[column]
    )


def _apart(ours: Value, theirs: Value) -> int | None:
    return theirs - ours if isinstance(ours, int) and isinstance(theirs, int) else None


def _outcome(call: LogCall, clock: int | None) -> object:
    if clock is None:
        return _sums(call.penalties)
    return call.judged[clock][0], call.judged[clock][4]


def _sums(penalties: Sequence[Penalty]) -> list[tuple[str, Decimal]]:
    return sorted((one.clause, one.amount) for one in penalties)


def _amount(call: LogCall | None) -> Decimal:
    return sum((one.amount for one in call.penalties), Decimal(0)) if call is not None else Decimal(0)


def _order(call: ComparedCall) -> tuple[int, str]:
    known = call.ours or call.theirs
    assert known is not None
    return known.start, known.call_no
