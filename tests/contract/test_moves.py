"""What may happen next, and what cannot have happened."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.history import course
from dispatch_app.contract.moves import (
    MILESTONES,
    OPEN_STAGES,
    WORDS,
    Stage,
    allowed_moves,
    check_closing,
    check_correction,
    check_move,
    next_move,
    next_move_of,
    stage,
    stage_of,
)
from tests.contract.story import cancelled, confirmed, corrected, fact, moment, reported

NOW = moment("18:00")
CALL = reported()
REOPENED = [CALL, fact("resolved", "10:00"), fact("reopened", "11:00")]

ROADS = [
    ([], Stage.REPORTED, FactKind.ASSIGNED),
    ([fact("assigned", "09:01")], Stage.ASSIGNED, FactKind.ACKNOWLEDGED),
    ([fact("acknowledged", "09:02")], Stage.ACKNOWLEDGED, FactKind.DEPARTED),
    ([fact("departed", "09:03")], Stage.DEPARTED, FactKind.ARRIVED),
    ([fact("arrived", "09:04")], Stage.ARRIVED, FactKind.CONFIRMED),
    ([confirmed("09:05", "routine")], Stage.CONFIRMED, FactKind.REPAIR_STARTED),
    ([confirmed("09:05", "repair")], Stage.CONFIRMED, FactKind.REPAIR_STARTED),
    ([confirmed("09:05", "warranty")], Stage.CONFIRMED, FactKind.REPAIR_STARTED),
    ([confirmed("09:05", None)], Stage.CONFIRMED, FactKind.REPAIR_STARTED),
    ([confirmed("09:05", "repair"), fact("repair_started", "09:06")], Stage.IN_REPAIR, FactKind.RESOLVED),
    (
        [confirmed("09:05", "special_report")],
        Stage.SPECIAL_REPORT_PENDING,
        FactKind.SPECIAL_REPORT_SUBMITTED,
    ),
    (
        [confirmed("09:05", "special_report"), fact("special_report_submitted", "09:06")],
        Stage.AWAITING_INSTRUCTION,
        FactKind.INSTRUCTION_RECEIVED,
    ),
    (
        [
            confirmed("09:05", "special_report"),
            fact("special_report_submitted", "09:06"),
            fact("instruction_received", "09:07"),
        ],
        Stage.CONFIRMED,
        FactKind.RESOLVED,
    ),
    (
        [
            confirmed("09:05", "special_report"),
            fact("instruction_received", "09:07"),
            fact("repair_started", "09:08"),
        ],
        Stage.IN_REPAIR,
        FactKind.RESOLVED,
    ),
    (
        [confirmed("09:05", "special_report"), confirmed("09:06", "repair")],
        Stage.CONFIRMED,
        FactKind.REPAIR_STARTED,
    ),
    ([fact("resolved", "09:08")], Stage.RESOLVED, FactKind.CLOSED),
    ([fact("resolved", "09:08"), fact("closed", "09:09")], Stage.CLOSED, None),
    ([cancelled("09:09")], Stage.CANCELLED, None),
    ([fact("resolved", "09:08"), cancelled("09:09")], Stage.CANCELLED, None),
    # The furthest milestone counts, not the latest.
    ([fact("arrived", "09:04"), fact("assigned", "09:30")], Stage.ARRIVED, FactKind.CONFIRMED),
    # What the report's side does moves nobody.
    ([fact("unreachable", "09:04")], Stage.REPORTED, FactKind.ASSIGNED),
]


@pytest.mark.parametrize(("facts", "reached", "offered"), ROADS)
def test_the_button_offers_what_comes_next(facts, reached: Stage, offered: FactKind | None) -> None:
    assert stage([CALL, *facts], NOW) is reached
    assert next_move([CALL, *facts], NOW) is offered
    assert stage_of(course([CALL, *facts], NOW)) is reached
    assert next_move_of(course([CALL, *facts], NOW)) is offered
    assert (reached in OPEN_STAGES) == (reached not in (Stage.RESOLVED, Stage.CLOSED, Stage.CANCELLED))


def test_every_stage_is_on_some_road() -> None:
    assert {reached for _, reached, _ in ROADS} == set(Stage)


def test_a_reopened_fault_begins_again() -> None:
    assert stage(REOPENED, NOW) is Stage.REPORTED
    assert stage(REOPENED, moment("10:30")) is Stage.RESOLVED


def test_a_fault_whose_report_was_taken_back_is_as_good_as_cancelled() -> None:
    facts = [CALL, corrected(CALL, None, "09:01")]
    assert stage(facts, NOW) is Stage.CANCELLED
    assert next_move(facts, NOW) is None
    assert allowed_moves(facts, NOW) == ()


@pytest.mark.parametrize(
    ("facts", "allowed"),
    [
        ([], MILESTONES),
        ([fact("arrived", "09:10")], MILESTONES),
        (
            [fact("resolved", "09:10")],
            (
                FactKind.SPECIAL_REPORT_SUBMITTED,
                FactKind.INSTRUCTION_RECEIVED,
                FactKind.CLOSED,
                FactKind.CANCELLED,
                FactKind.REOPENED,
            ),
        ),
        (
            [fact("resolved", "09:10"), fact("closed", "09:11")],
            (FactKind.SPECIAL_REPORT_SUBMITTED, FactKind.INSTRUCTION_RECEIVED, FactKind.REOPENED),
        ),
        ([cancelled("09:10")], (FactKind.REOPENED,)),
    ],
)
def test_what_may_be_recorded_now(facts, allowed: tuple[FactKind, ...]) -> None:
    assert allowed_moves([CALL, *facts], NOW) == allowed
    for kind in (*MILESTONES, FactKind.REOPENED):
        if kind in allowed:
            check_move(kind, NOW, [CALL, *facts], NOW)
        else:
            with pytest.raises(KnownError):
                check_move(kind, NOW, [CALL, *facts], NOW)


@pytest.mark.parametrize("kind", [kind for kind in FactKind if kind is not FactKind.REPORTED])
def test_nothing_may_lie_in_the_future(kind: FactKind) -> None:
    with pytest.raises(KnownError, match=WORDS[kind]) as raised:
        check_move(kind, NOW + 1, [CALL], NOW)
    assert raised.value.field == "at"
    assert raised.value.remedy


def test_a_call_may_not_be_answered_in_the_future_either() -> None:
    check_move(FactKind.REPORTED, NOW, [], NOW)
    with pytest.raises(KnownError):
        check_move(FactKind.REPORTED, NOW + 1, [], NOW)


@pytest.mark.parametrize("kind", [*MILESTONES, FactKind.THIRD_PARTY, FactKind.GROUPED])
def test_a_milestone_may_not_precede_the_report(kind: FactKind) -> None:
    check_move(kind, moment("09:00:00"), [CALL], NOW)
    with pytest.raises(KnownError, match="早于接报"):
        check_move(kind, moment("08:59:59"), [CALL], NOW)


@pytest.mark.parametrize("kind", [FactKind.UNREACHABLE, FactKind.AMENDED, FactKind.WAIVED, FactKind.DISPUTED])
def test_what_is_no_milestone_may(kind: FactKind) -> None:
    check_move(kind, moment("08:59:59"), [CALL], NOW)


def test_milestones_may_be_typed_late_out_of_order_and_with_gaps() -> None:
    facts = [CALL, fact("arrived", "09:30")]
    check_move(FactKind.DEPARTED, moment("09:40"), facts, NOW)
    check_move(FactKind.ASSIGNED, moment("09:10"), facts, NOW)
    check_move(FactKind.RESOLVED, moment("09:05"), [CALL], NOW)


def test_a_milestone_may_be_added_to_an_ended_fault_up_to_its_end() -> None:
    facts = [CALL, fact("resolved", "10:00")]
    check_move(FactKind.ARRIVED, moment("10:00"), facts, NOW)
    with pytest.raises(KnownError, match="结束"):
        check_move(FactKind.ARRIVED, moment("10:00:01"), facts, NOW)


@pytest.mark.parametrize("kind", [FactKind.UNREACHABLE, FactKind.THIRD_PARTY])
def test_what_the_client_does_may_follow_any_end(kind: FactKind) -> None:
    check_move(kind, NOW, [CALL, cancelled("09:10")], NOW)


@pytest.mark.parametrize("end", [fact("resolved", "10:00"), fact("closed", "10:00"), cancelled("10:00")])
def test_an_end_is_recorded_once(end) -> None:
    with pytest.raises(KnownError, match="已经记录过"):
        check_move(end.kind, moment("09:30"), [CALL, end], NOW)


def test_a_fault_is_reported_once() -> None:
    with pytest.raises(KnownError, match="已经接报"):
        check_move(FactKind.REPORTED, NOW, [CALL], NOW)


def test_nothing_happens_to_a_fault_whose_report_was_taken_back() -> None:
    with pytest.raises(KnownError, match="撤回"):
        check_move(FactKind.ARRIVED, NOW, [CALL, corrected(CALL, None, "09:01")], NOW)


def test_only_what_has_ended_is_reopened_and_not_before_its_end() -> None:
    with pytest.raises(KnownError, match="尚未结束"):
        check_move(FactKind.REOPENED, NOW, [CALL], NOW)
    ended = [CALL, fact("resolved", "10:00")]
    check_move(FactKind.REOPENED, moment("10:00"), ended, NOW)
    with pytest.raises(KnownError, match="尚未结束"):
        check_move(FactKind.REOPENED, moment("09:59:59"), ended, NOW)
    with pytest.raises(KnownError, match="尚未结束"):
        check_move(FactKind.REOPENED, moment("10:30"), [*REOPENED, fact("resolved", "12:00")], NOW)


def test_a_milestone_may_be_added_to_a_former_cycle() -> None:
    check_move(FactKind.ARRIVED, moment("09:30"), REOPENED, NOW)
    check_move(FactKind.ARRIVED, moment("11:30"), REOPENED, NOW)
    with pytest.raises(KnownError, match="结束"):
        check_move(FactKind.ARRIVED, moment("10:30"), REOPENED, NOW)


# Corrections.


def test_a_correction_that_leaves_everything_possible_is_accepted() -> None:
    arrived = fact("arrived", "09:30")
    facts = [CALL, arrived]
    check_correction(arrived.id, moment("09:00"), facts, NOW)
    check_correction(arrived.id, None, facts, NOW)
    check_correction(CALL.id, moment("09:30"), facts, NOW)


def test_a_correction_into_the_future_is_refused() -> None:
    arrived = fact("arrived", "09:30")
    check_correction(arrived.id, NOW, [CALL, arrived], NOW)
    with pytest.raises(KnownError, match="还没有到"):
        check_correction(arrived.id, NOW + 1, [CALL, arrived], NOW)


def test_a_correction_of_nothing_is_refused() -> None:
    with pytest.raises(KnownError, match="找不到"):
        check_correction("nobody", None, [CALL], NOW)


def test_a_correction_before_the_report_is_refused() -> None:
    arrived = fact("arrived", "09:30")
    with pytest.raises(KnownError, match="早于接报"):
        check_correction(arrived.id, moment("08:59:59"), [CALL, arrived], NOW)


def test_the_report_may_not_be_moved_past_what_followed() -> None:
    with pytest.raises(KnownError, match="到场会早于接报"):
        check_correction(CALL.id, moment("09:30:01"), [CALL, fact("arrived", "09:30")], NOW)


def test_the_end_a_reopening_rests_on_may_not_be_taken_back() -> None:
    with pytest.raises(KnownError, match="先撤回重开"):
        check_correction(REOPENED[1].id, None, REOPENED, NOW)


def test_a_report_may_be_taken_back_only_while_nothing_followed() -> None:
    check_correction(CALL.id, None, [CALL], NOW)
    with pytest.raises(KnownError, match="不能撤回接报"):
        check_correction(CALL.id, None, [CALL, fact("assigned", "09:05")], NOW)


def test_an_anomaly_of_old_is_no_reason_to_refuse_a_correction() -> None:
    arrived = fact("arrived", "09:30")
    facts = [CALL, fact("departed", "08:00"), arrived]
    check_correction(arrived.id, moment("09:20"), facts, NOW)


def test_a_report_taken_back_may_be_put_back() -> None:
    undone = corrected(CALL, None, "09:01")
    check_correction(undone.id, None, [CALL, undone], NOW)


def test_the_fault_a_group_is_named_after_is_closed_last() -> None:
    with pytest.raises(KnownError) as refused:
        check_closing("A-0001", ["A-0002", "A-0003"])
    assert "A-0002、A-0003 还在办" in refused.value.message
    assert refused.value.remedy == "先把 A-0002、A-0003 解决并归档（或销单），再归档 A-0001"
    check_closing("A-0001", [])


def test_before_a_report_that_lies_ahead_of_the_clock_the_clock_is_named() -> None:
    """A clock set back: the report was not taken back, it has not been reached."""
    with pytest.raises(KnownError, match="早于接报") as refusal:
        check_move(FactKind.ARRIVED, moment("08:00"), [CALL], moment("08:00"))
    assert "对准电脑的时钟" in refusal.value.remedy
    taken_back = [CALL, corrected(CALL, None, "09:30")]
    with pytest.raises(KnownError, match="已撤回"):
        check_move(FactKind.ARRIVED, moment("08:00"), taken_back, moment("18:00"))
