"""The sums of 九.1, 九.2 and 四.6, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dispatch_app.contract.facts import FactKind, OnBreach, Part, ThirdParty, ThirdPartyCause
from dispatch_app.contract.history import Course, CycleFacts, cycle_of
from dispatch_app.contract.money import to_fen, to_yuan
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.terms import Terms

UNREACHABLE = "9.1"
NOBODY_SENT = "9.2"
THIRD_PARTY = "4.6"
AT_THE_LINE = "300"
"""Flag of a third-party cost with a part at exactly the line, where 四.6 and 八.1(4) overlap."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """One sum.

    Attributes:
        clause: "9.1", "9.2" or "4.6".
        cycle: The cycle it belongs to.
        cycle_started_at: That cycle's start: it decides term and month, epoch seconds.
        at: The moment it fell due, epoch seconds; None where a log does not say.
        amount: Yuan.
        flags: `("300",)` or empty.
        in_term: By the cycle's start.
        fact_id: The unreachable or third-party fact behind it; empty for 九.2.
        dispute, waiver: What was recorded on it, None if nothing was.
    """

    clause: str
    cycle: int
    cycle_started_at: int
    at: int | None
    amount: Decimal
    flags: tuple[str, ...]
    in_term: bool
    fact_id: str = ""
    dispute: OnBreach | None = None
    waiver: OnBreach | None = None

    @property
    def order(self) -> tuple[bool, int, str, int, str]:
        """By the moment it fell due, third-party costs last."""
        return self.clause == THIRD_PARTY, self.at or 0, self.clause, self.cycle, self.fact_id


@dataclass(frozen=True, slots=True)
class ThirdPartyCost:
    """What counts of third-party work, fen; `at_line`: a counted part stands at exactly the line."""

    fen: int
    parts_fen: int
    at_line: bool


def third_party_cost(
    cause: ThirdPartyCause, labour_fen: int, parts: Iterable[tuple[int, int]], rules: Rules
) -> ThirdPartyCost:
    """What 四.6 puts on 乙方: labour, and parts within the line; nothing where the cause was not 乙方's.

    Args:
        parts: (unit price in fen, quantity).
    """
    if cause is ThirdPartyCause.OTHER:
        return ThirdPartyCost(0, 0, at_line=False)
    total = 0
    at_line = False
    for price, quantity in parts:
        if price < rules.part_line_fen:
            total += price * quantity
        elif price == rules.part_line_fen and rules.part_at_line_is_contractors:
            total += price * quantity
            at_line = True
    return ThirdPartyCost(labour_fen + total, total, at_line)


def detail_cost(detail: ThirdParty, rules: Rules) -> ThirdPartyCost:
    """`third_party_cost` of a recorded fact."""
    return third_party_cost(detail.cause, to_fen(detail.labour), map(_priced, detail.parts), rules)


def _priced(part: Part) -> tuple[int, int]:
    return to_fen(part.unit_price), part.quantity


def fault_penalties(
    found: Course, emergency: bool, nobody_sent: Mapping[int, int], terms: Terms
) -> tuple[tuple[Penalty, ...], tuple[str, ...]]:
    """The sums of one fault in order, and the disputes and waivers that fit none of them.

    Args:
        nobody_sent: Cycle → due moment of every breached `dispatch_5h`.
    """
    if not found.cycles:
        return (), ()
    sums = [
        *_unreachable(found, emergency, terms),
        *(
            _penalty(NOBODY_SENT, cycle, nobody_sent[cycle.number], terms.rules.nobody_sent_fen, terms)
            for cycle in found.cycles
            if cycle.number in nobody_sent
        ),
        *_third_party(found, terms),
    ]
    marked, unmatched = _marked(sums, found)
    return tuple(sorted(marked, key=lambda penalty: penalty.order)), unmatched


def _unreachable(found: Course, emergency: bool, terms: Terms) -> list[Penalty]:
    if not emergency:
        return []
    counted = found.unreachables[:1] if terms.rules.redials_once else found.unreachables
    return [
        _penalty(
            UNREACHABLE,
            cycle_of(found.cycles, item.at),
            item.at,
            terms.rules.unreachable_fen,
            terms,
            fact_id=item.fact.id,
        )
        for item in counted
    ]


def _third_party(found: Course, terms: Terms) -> list[Penalty]:
    result = []
    for cycle in found.cycles:
        for item in cycle.facts:
            if isinstance(item.fact.detail, ThirdParty):
                cost = detail_cost(item.fact.detail, terms.rules)
                if cost.fen:
                    flags = (AT_THE_LINE,) if cost.at_line else ()
                    result.append(
                        _penalty(
                            THIRD_PARTY, cycle, item.at, cost.fen, terms, flags=flags, fact_id=item.fact.id
                        )
                    )
    return result


def _penalty(
    clause: str,
    cycle: CycleFacts,
    at: int,
    fen: int,
    terms: Terms,
    *,
    flags: tuple[str, ...] = (),
    fact_id: str = "",
) -> Penalty:
    in_term = terms.in_term(cycle.start)
    return Penalty(clause, cycle.number, cycle.start, at, to_yuan(fen), flags, in_term, fact_id)


def _marked(sums: Iterable[Penalty], found: Course) -> tuple[list[Penalty], tuple[str, ...]]:
    """The sums with what was recorded on them, the last of each kind; and what fits no sum."""
    said_at = {item.fact.id: item.original_at for item in found.timeline}
    recorded = [item for item in found.timeline if not item.voided and not item.future]
    used: set[str] = set()
    marked = []
    for penalty in sums:
        found_on: dict[FactKind, OnBreach] = {}
        for item in recorded:
            detail = item.fact.detail
            if isinstance(detail, OnBreach) and _is_on(detail, penalty, said_at):
                found_on[item.kind] = detail
                used.add(item.fact.id)
        dispute, waiver = found_on.get(FactKind.DISPUTED), found_on.get(FactKind.WAIVED)
        marked.append(replace(penalty, dispute=dispute, waiver=waiver))
    unmatched = tuple(
        f"{item.kind}: no such breach"
        for item in recorded
        if isinstance(item.fact.detail, OnBreach) and item.fact.id not in used
    )
    return marked, unmatched


def _is_on(detail: OnBreach, penalty: Penalty, said_at: Mapping[str, int]) -> bool:
    """Whether a dispute or waiver means this sum.

    A moment tells apart the several 九.1 and 四.6 of a cycle; it may be the one first typed, or a correction
    of the fact would lose what 甲方 has waived. 九.2 is one a cycle, however its due moment moves.
    """
    if detail.clause != penalty.clause or detail.cycle != penalty.cycle:
        return False
    if detail.at is None or penalty.clause == NOBODY_SENT:
        return True
    return detail.at in (penalty.at, said_at.get(penalty.fact_id))
