"""Which procedure is proposed, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Procedure, Zone
from dispatch_app.contract.terms import Readings, Terms
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.procedure import Findings, propose
from dispatch_app.operations.travel import TravelRule, distance_km, travel_minutes
from tests.operations.scene import RESOURCES, Scene

TERMS = load_terms(RESOURCES / "contract")
TODAY = date(2024, 11, 22)


@pytest.mark.parametrize(
    ("findings", "procedure", "clause"),
    [
        (Findings(False, TODAY), Procedure.ROUTINE, "二.4"),
        (Findings(True, TODAY, warranty_until=TODAY), Procedure.WARRANTY, "附一 二.1"),
        (Findings(True, TODAY, date(2024, 11, 21), Decimal("299.99")), Procedure.REPAIR, "八.1(4)"),
        (Findings(True, TODAY, None, Decimal("300.00")), Procedure.REPAIR, "300 元以内"),
        (Findings(True, TODAY, None, Decimal("300.01")), Procedure.SPECIAL_REPORT, "八.1(4)"),
        (Findings(True, TODAY), Procedure.REPAIR, "尚无估价"),
        (Findings(True, TODAY, repairable=False), Procedure.SPECIAL_REPORT, "不可维修"),
    ],
)
def test_warranty_repair_or_report_follow_from_the_findings(
    findings: Findings, procedure: Procedure, clause: str
) -> None:
    proposal = propose(findings, TERMS)
    assert proposal.procedure is procedure
    assert clause in proposal.reasons[-1]


def test_the_readings_move_the_line() -> None:
    at_line = Findings(True, TODAY, None, Decimal("300.00"))
    client = Terms(TERMS.contract, replace(Readings(), parts_300="client"))
    assert propose(at_line, client).procedure is Procedure.SPECIAL_REPORT
    always = Terms(TERMS.contract, replace(Readings(), out_of_warranty="always_report"))
    cheap = Findings(True, TODAY, date(2020, 1, 1), Decimal("1.00"))
    assert propose(cheap, always).procedure is Procedure.SPECIAL_REPORT
    assert "2020-01-01 到期" in propose(cheap, always).reasons[0]


def test_the_desk_proposes_from_the_fault_as_it_was_reported(scene: Scene) -> None:
    fault = scene.register(hardware=True)
    proposal = scene.queries.propose_procedure(fault, None, Decimal("4860"), repairable=True)
    assert proposal.procedure is Procedure.SPECIAL_REPORT
    with pytest.raises(KnownError):
        scene.queries.propose_procedure("none", None, None, repairable=True)


def test_the_way_is_estimated_by_distance_detour_and_the_speed_of_where_it_leads() -> None:
    town, village = (102.477, 24.922), (102.361, 24.669)
    rule = TravelRule({Zone.URBAN: 30, Zone.OUTLYING: 60}, 1.5, 4)
    assert distance_km(town, village) == pytest.approx(30.5, abs=0.5)
    assert distance_km(town, town) == 0
    assert travel_minutes(town, town, Zone.URBAN, rule) == 4
    assert travel_minutes(town, village, Zone.OUTLYING, rule) == 4 + 46
    assert travel_minutes(town, village, Zone.URBAN, rule) == 4 + 92
