"""What stands on the desk is kept, and never out of date: after a command only what it touched is read."""

from __future__ import annotations

import pytest

from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.operations.faults import AssignFault, CorrectFact, RegisterFault, UndoFacts
from dispatch_app.operations.reading import memory
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.sites import AmendSite, PlaceSite
from tests.operations.scene import Scene

MANY = 60
"""Enough that reading or assessing all of them would show."""
FEW_STATEMENTS = 7
"""Begin, the change log, the fault, its facts, its site, the roster, and what the ledger may look at."""


@pytest.fixture
def busy(scene: Scene) -> Scene:
    for _ in range(MANY):
        scene.register("bajie")
    scene.queries.queue()
    scene.queries.day_summary()
    return scene


def _assessed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counted: list[int] = []
    assess = memory.assess_fault

    def count(*given, **named):
        counted.append(1)
        return assess(*given, **named)

    monkeypatch.setattr(memory, "assess_fault", count)
    return counted


def test_the_news_of_one_assignment_reads_and_assesses_one_fault_of_many(
    busy: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = busy.register()
    busy.queries.queue()
    counted = _assessed(monkeypatch)
    changes = busy.do(AssignFault(fault, "liuping", 1))
    news = []
    assert busy.statements(lambda: news.append(busy.queries.news(changes))) <= FEW_STATEMENTS
    assert [(row.id, row.version) for row in news[0].faults] == [(fault, 2)]
    assert {person.id: len(person.engagements) for person in news[0].staff}["liuping"] == 1
    assert news[0].summary.open_now == MANY + 1
    assert len(counted) == 1


def test_the_news_of_one_call_reads_and_assesses_that_call(
    busy: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = _assessed(monkeypatch)
    changes = busy.do(RegisterFault(busy.clock.at, "lianran", "断网"))
    news = []
    assert busy.statements(lambda: news.append(busy.queries.news(changes))) <= FEW_STATEMENTS
    assert news[0].summary.reported_today == MANY + 1
    named = {site.id: [fault_id for fault_id, _, _ in site.open_faults] for site in news[0].sites}
    assert named["lianran"] == [changes.created]
    assert len(named["bajie"]) == MANY
    assert len(counted) == 1


def test_nothing_is_read_again_where_nothing_happened(busy: Scene) -> None:
    for question in (busy.queries.queue, busy.queries.staff, busy.queries.sites, busy.queries.day_summary):
        # Begin, and one look at the change log.
        assert busy.statements(question) == 2


def test_a_due_moment_that_passes_is_counted_at_once(busy: Scene) -> None:
    assert busy.queries.day_summary().breached_open == 0
    busy.at("14:00")
    assert busy.queries.day_summary().breached_open == MANY
    assert busy.queries.day_summary().nobody_sent_count == MANY


def test_a_clock_that_is_set_back_counts_again(busy: Scene) -> None:
    busy.at("14:00").queries.day_summary()
    assert busy.at("08:31").queries.day_summary().breached_open == 0


def test_a_correction_shows_in_the_next_answer(busy: Scene) -> None:
    fault = busy.at("09:00").register()
    sent = busy.at("15:00").mark(fault, FactKind.DEPARTED)
    before = busy.queries.day_summary().nobody_sent_count
    assert sent.undo is not None
    assert isinstance(sent.undo.command, UndoFacts)
    busy.do(
        CorrectFact(fault, sent.undo.command.fact_ids[0], busy.time("13:00"), "途中先报", busy.version(fault))
    )
    assert busy.queries.day_summary().nobody_sent_count == before - 1


def test_a_decided_reading_holds_for_what_was_assessed_before(busy: Scene) -> None:
    assert busy.queries.day_summary().term_disputed
    last_day = busy.queries.day_summary().term_last_day
    busy.do(ChangeReading("term", "words", "备忘 1 号"))
    summary = busy.queries.day_summary()
    assert not summary.term_disputed
    assert summary.term_last_day > last_day


def test_a_site_moved_or_renamed_shows_in_the_next_answer(busy: Scene) -> None:
    busy.do(PlaceSite("bajie", 102.5, 24.9))
    busy.do(AmendSite("lianran", "连然新节点", Zone.URBAN, "改名"))
    sites = {site.id: site for site in busy.queries.sites()}
    assert (sites["bajie"].longitude, sites["lianran"].name) == (102.5, "连然新节点")


def test_a_session_from_before_a_commit_still_sees_its_own_state(busy: Scene) -> None:
    queries = busy.queries
    with busy.database.reader() as session:
        old = queries._boards.at(session, queries._memory, busy.clock.at)
        fault = busy.register()
        assert fault in {row.id for row in queries.queue()}
        again = queries._boards.at(session, queries._memory, busy.clock.at)
    assert (again.seq, list(again.faults)) == (old.seq, list(old.faults))
    assert fault in {row.id for row in queries.queue()}


def test_midnight_begins_a_new_day_of_calls_and_work(scene: Scene) -> None:
    fault = scene.at("20:00").register()
    scene.send(fault, "liuping")
    scene.mark(fault, FactKind.RESOLVED)

    def today() -> tuple[int, int]:
        done = {person.id: person.done_today for person in scene.queries.staff()}
        return scene.queries.day_summary().reported_today, done["liuping"]

    assert today() == (1, 1)
    assert scene.at("2024-11-23 00:00").queries.day_summary().open_now == 0
    # Still to be filed: it lies on the desk, but the work was yesterday's.
    assert today() == (0, 0)
    scene.mark(fault, FactKind.CLOSED)
    assert today() == (0, 0)
