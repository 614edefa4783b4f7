"""续签申请: inside its window only, and answered within three working days."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import AmendEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.settings import ChangeReading
from tests.operations.registers.registering import act, add, detail, view
from tests.operations.scene import Scene

RENEWAL = {"letter": "续签〔2025〕1号", "dated": "2025-01-20"}


@pytest.fixture
def inside(scene: Scene) -> Scene:
    return scene.at("2025-01-24 10:00")


def test_an_answer_is_due_after_three_working_days_make_up_days_among_them(inside: Scene) -> None:
    entry = add(inside, "renewals", RENEWAL)
    assert view(inside, "renewals", "drafted") == ["A-XQ0001"]
    done = act(inside, entry, "submit", submitted="今天", taker="李科")
    # The Spring Festival of 2025: 01-26 and 02-08 are worked, 01-28 to 02-04 are not.
    assert "甲方应在 2025-02-05 前答复（十.2）" in done.message
    assert detail(inside, entry).typed["due"] == "2025-02-05"
    assert detail(inside, entry).row.tones == {"due": Tone.SOON}
    assert view(inside, "renewals", "waiting") == ["A-XQ0001"]
    inside.at("2025-02-06 09:00")
    assert detail(inside, entry).row.tones == {"due": Tone.BREACHED}
    assert view(inside, "renewals", "overdue") == ["A-XQ0001"]
    act(inside, entry, "answer", reply="同意续签", replied="2025-02-06", reply_document="安工信〔2025〕3号")
    assert detail(inside, entry).row.tones == {"replied": Tone.BREACHED}
    assert view(inside, "renewals", "waiting") == view(inside, "renewals", "overdue") == []


@pytest.mark.parametrize(
    ("today", "submitted", "message", "remedy"),
    [
        (
            "2025-01-10 09:00",
            "今天",
            "不在续签申请期内（2025-01-13 至 2025-02-28，十.2），还早 3 天",
            "到 2025-01-13 再递交",
        ),
        (
            "2025-03-03 09:00",
            "2025-03-02",
            "不在续签申请期内（2025-01-13 至 2025-02-28，十.2），已过 2 天",
            "合同已经到期，续签须与甲方另行协商（十一.2）",
        ),
    ],
)
def test_outside_the_window_it_is_refused_with_the_days(
    scene: Scene, today: str, submitted: str, message: str, remedy: str
) -> None:
    entry = add(scene.at(today), "renewals", RENEWAL)
    with pytest.raises(KnownError) as refused:
        act(scene, entry, "submit", submitted=submitted)
    assert (refused.value.message, refused.value.remedy) == (message, remedy)
    assert refused.value.field == "submitted"


def test_an_answer_still_fits_when_the_term_is_read_otherwise_since(inside: Scene) -> None:
    entry = add(inside, "renewals", RENEWAL)
    act(inside, entry, "submit", submitted="今天")
    inside.do(ChangeReading("term", "words", "补充协议 1 号"))
    inside.at("2025-02-05 09:00")
    act(inside, entry, "answer", reply="不续签", replied="今天")
    assert detail(inside, entry).row.tones == {}


def test_steps_come_in_order_and_once(inside: Scene) -> None:
    entry = add(inside, "renewals", RENEWAL)
    with pytest.raises(KnownError, match="申请还没有递交"):
        act(inside, entry, "answer", reply="同意续签", replied="今天")
    with pytest.raises(KnownError, match="没有写递交日期"):
        act(inside, entry, "submit", taker="李科")
    with pytest.raises(KnownError, match="递交日期还没有到"):
        act(inside, entry, "submit", submitted="2025-01-25")
    act(inside, entry, "submit", submitted="今天")
    with pytest.raises(KnownError, match="申请已经递交"):
        act(inside, entry, "submit", submitted="今天")
    with pytest.raises(KnownError, match="没有写甲方的答复"):
        act(inside, entry, "answer", replied="今天")
    with pytest.raises(KnownError, match="没有写答复日期"):
        act(inside, entry, "answer", reply="同意续签")
    with pytest.raises(KnownError, match="答复早于递交"):
        act(inside, entry, "answer", reply="同意续签", replied="2025-01-23")
    act(inside, entry, "answer", reply="同意续签", replied="今天")
    with pytest.raises(KnownError, match="甲方已经答复"):
        act(inside, entry, "answer", reply="同意续签", replied="今天")


def test_a_step_taken_back_leaves_nothing_due(inside: Scene) -> None:
    entry = add(inside, "renewals", RENEWAL)
    done = act(inside, entry, "submit", submitted="今天")
    assert done.undo is not None
    inside.do(done.undo.command)
    assert "due" not in detail(inside, entry).typed
    act(inside, entry, "submit", submitted="今天")
    version = detail(inside, entry).row.version
    inside.do(AmendEntry(entry, version, {"submitted": ""}, "还没有交"))
    assert "due" not in detail(inside, entry).typed
    assert inside.do(AmendEntry(entry, version + 1, {"note": "改日再交"}, "补写")).message.count("甲方") == 0


def test_a_reply_needs_an_application_that_was_handed_in(inside: Scene) -> None:
    entry = add(inside, "renewals", RENEWAL)
    with pytest.raises(KnownError, match="申请还没有递交，不会有答复"):
        inside.do(AmendEntry(entry, 1, {"replied": "今天"}, "补记"))
