"""Facts with their corrections applied, in order, and cut into cycles. Times: epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dispatch_app.contract.facts import Amended, Cancelled, Corrected, Fact, FactKind, Reported, Source, Zone

ENDS = frozenset({FactKind.RESOLVED, FactKind.CLOSED, FactKind.CANCELLED})
"""What a fault may be reopened after."""
STATEMENTS = frozenset({FactKind.CORRECTED, FactKind.AMENDED, FactKind.DISPUTED, FactKind.WAIVED})
"""Facts about what was written or about a breach; they are no part of the fault's course."""


@dataclass(frozen=True, slots=True)
class EffectiveFact:
    """A fact as it counts now.

    Attributes:
        fact: As first typed.
        at: When it happened, the latest correction applied; of a voided fact, as first typed.
        voided: A correction took it back.
        by: The correction that decided, None if there is none.
        future: It lies after `now` and does not count yet.
    """

    fact: Fact
    at: int
    voided: bool
    by: Fact | None
    future: bool

    @property
    def kind(self) -> FactKind:
        """Kind of the fact."""
        return self.fact.kind

    @property
    def original_at(self) -> int:
        """When it happened as first typed."""
        return self.fact.at

    @property
    def order(self) -> tuple[int, int, str]:
        """Order of facts: (at, recorded_at, id)."""
        return self.at, self.fact.recorded_at, self.fact.id


@dataclass(frozen=True, slots=True)
class ReportState:
    """The report's fields with the amendments applied."""

    zone: Zone
    source: Source
    emergency: bool
    site: str


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What falls in one cycle.

    Attributes:
        number: 1, or more after a reopening.
        start: The report, or the reopening: every clock's start.
        facts: All that counts from then to the next reopening, in order, the opening one included.
    """

    number: int
    start: int
    facts: tuple[EffectiveFact, ...]

    @property
    def ended_at(self) -> int | None:
        """The first resolution, closing or cancellation; None while the cycle is open."""
        return next((fact.at for fact in self.facts if fact.kind in ENDS), None)


@dataclass(frozen=True, slots=True)
class Course:
    """The whole course of a fault as it counts at a moment.

    Attributes:
        report: The report that counts, None if there is none (voided, or not yet).
        cycles: Empty exactly when there is no report.
        anomalies: What was written but cannot count, each beginning with the kind of its fact.
        unreachables: 联系不上 that count, in order; they may precede the report.
        timeline: Every fact, in order.
    """

    report: EffectiveFact | None
    cycles: tuple[CycleFacts, ...]
    anomalies: tuple[str, ...]
    unreachables: tuple[EffectiveFact, ...]
    timeline: tuple[EffectiveFact, ...]

    @property
    def standing(self) -> tuple[EffectiveFact, ...]:
        """What happened and was not taken back; corrections, amendments and the like are left out."""
        return tuple(item for item in self.timeline if _stands(item))


def _stands(item: EffectiveFact) -> bool:
    return not item.voided and item.kind not in STATEMENTS


def effective(facts: Iterable[Fact], now: int) -> tuple[EffectiveFact, ...]:
    """Every fact with corrections applied, ordered by (at, recorded_at, id).

    Corrections apply whenever they were made: `now` asks what had happened by then, not what was known.
    """
    known = {fact.id: fact for fact in facts}
    deciding = _deciding_corrections(known.values())
    result = [_effective(fact, deciding.get(fact.id), now) for fact in known.values()]
    return tuple(sorted(result, key=lambda item: item.order))


def course(facts: Iterable[Fact], now: int) -> Course:
    """Cut the facts into cycles: one from the report, one more from every reopening that may stand."""
    timeline = effective(facts, now)
    standing = [item for item in timeline if _stands(item)]
    reports = [item for item in standing if item.kind is FactKind.REPORTED and not item.future]
    anomalies = [f"{item.kind}: after now" for item in standing if item.future]
    if not reports:
        return Course(None, (), tuple(anomalies), (), timeline)
    report = reports[0]
    anomalies += [f"{FactKind.REPORTED}: a second report" for _ in reports[1:]]
    cycles: list[list[EffectiveFact]] = [[report]]
    unreachables: list[EffectiveFact] = []
    for item in standing:
        if item.future or item.kind is FactKind.REPORTED:
            continue
        if item.kind is FactKind.UNREACHABLE:
            unreachables.append(item)
        elif item.at < report.at:
            anomalies.append(f"{item.kind}: before the report")
        elif item.kind is not FactKind.REOPENED:
            cycles[-1].append(item)
        elif any(earlier.kind in ENDS for earlier in cycles[-1]):
            cycles.append([item])
        else:
            anomalies.append(f"{item.kind}: the fault had not ended")
    cut = tuple(CycleFacts(number, found[0].at, tuple(found)) for number, found in enumerate(cycles, start=1))
    return Course(report, cut, tuple(anomalies), tuple(unreachables), timeline)


def report_state(found: Course) -> ReportState:
    """The report's zone, source, emergency and site after every amendment that was not taken back.

    Raises:
        ValueError: There is no report, not even one that was taken back.
    """
    reports = [item for item in found.timeline if item.kind is FactKind.REPORTED]
    detail = (found.report or reports[0]).fact.detail if reports else None
    if not isinstance(detail, Reported):
        raise ValueError("a fault without a report")
    fields = {
        "zone": str(detail.zone),
        "source": str(detail.source),
        "emergency": "1" if detail.emergency else "0",
        "site": detail.site,
    }
    for item in found.timeline:
        if isinstance(item.fact.detail, Amended) and not item.voided:
            fields[item.fact.detail.field] = item.fact.detail.after
    return ReportState(
        Zone(fields["zone"]), Source(fields["source"]), fields["emergency"] == "1", fields["site"]
    )


def cycle_of(cycles: Sequence[CycleFacts], moment: int) -> CycleFacts:
    """The cycle a moment falls in; what precedes the report belongs to the first."""
    found = cycles[0]
    for cycle in cycles[1:]:
        if cycle.start <= moment:
            found = cycle
    return found


def cancellation(cycle: CycleFacts) -> Cancelled | None:
    """The first cancellation of a cycle, None if there is none."""
    return next((f.fact.detail for f in cycle.facts if isinstance(f.fact.detail, Cancelled)), None)


def _effective(fact: Fact, correction: Fact | None, now: int) -> EffectiveFact:
    if correction is None:
        return EffectiveFact(fact, fact.at, voided=False, by=None, future=fact.at > now)
    assert isinstance(correction.detail, Corrected)
    new_at = correction.detail.new_at
    at = fact.at if new_at is None else new_at
    return EffectiveFact(fact, at, voided=new_at is None, by=correction, future=at > now)


def _deciding_corrections(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Fact id → the last correction of it that was not itself taken back."""
    of: dict[str, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.detail, Corrected):
            of.setdefault(fact.detail.of, []).append(fact)
    for corrections in of.values():
        corrections.sort(key=lambda fact: (fact.at, fact.recorded_at, fact.id))
    decided: dict[str, Fact | None] = {}

    def decide(target: str) -> Fact | None:
        if target not in decided:
            # Set first: corrections that name each other in a ring must not be followed for ever.
            decided[target] = None
            for correction in reversed(of.get(target, [])):
                taken_back = decide(correction.id)
                if taken_back is None or taken_back.detail.new_at is not None:  # type: ignore[union-attr]  # of Corrected
                    decided[target] = correction
                    break
        return decided[target]

    for target in sorted(of):
        decide(target)
    return {target: correction for target, correction in decided.items() if correction is not None}
