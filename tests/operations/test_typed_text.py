"""Whatever is typed or pasted is kept whole, but for what nobody can see; or it is refused with a reason."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind
from dispatch_app.operations.calls import KeepDraft
from dispatch_app.operations.documents import IssueWorkOrder
from dispatch_app.operations.faults import (
    AmendFault,
    AssignFault,
    CancelFault,
    RecordMilestone,
    RegisterFault,
)
from dispatch_app.operations.typed_text import clean
from tests.operations.scene import Scene

SEEN = ("断网\t第二行见下\n😀👨\u200d👩\u200d👧𠮷 " * 400)[:7000].strip()
"""Seven thousand characters with tabs, lines, emoji of several parts and characters beyond the BMP."""
HIDDEN = "\x00\u200b\x07\ufeff\x1b\u202e\ud83d\u2060\x85"


def poisoned(text: str) -> str:
    return HIDDEN + HIDDEN.join(text[at : at + 50] for at in range(0, len(text), 50)) + "\r"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" 断网 \n", "断网"),
        (HIDDEN, ""),
        ("断\x00网", "断网"),
        ("一\r\n二\r三\t四", "一\n二\n三\t四"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\U00020bb7", "\U00020bb7"),
    ],
)
def test_what_shows_is_kept_and_what_hides_goes(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_long_and_poisoned_call_is_kept_as_it_reads(scene: Scene) -> None:
    texts = ("symptom", "caller", "unit", "callback", "room", "device")
    fault = scene.do(
        RegisterFault(scene.clock.at, "shizhengfu", **{name: poisoned(SEEN) for name in texts})
    ).created
    detail = scene.queries.fault_detail(fault)
    assert detail.row.symptom == detail.caller == detail.callback == detail.device == SEEN
    assert scene.queries.find_ended("断网") == ()
    scene.do(AmendFault(fault, "symptom", poisoned("改过"), poisoned("听错"), 1))
    assert scene.row(fault).symptom == "改过"


def test_a_symptom_of_nothing_that_shows_is_refused(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有写故障现象"):
        scene.do(RegisterFault(scene.clock.at, "shizhengfu", HIDDEN))


def test_notes_of_steps_are_kept_the_same_way(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    scene.mark(fault, FactKind.ACKNOWLEDGED, note=poisoned(SEEN))
    assert scene.queries.fault_detail(fault).timeline[-1].note.endswith(SEEN)
    scene.do(CancelFault(fault, CancelKind.FALSE_ALARM, 3, note=poisoned("看错")))
    assert scene.queries.fault_detail(fault).timeline[-1].note == "误报 · 看错"


def test_a_draft_with_half_a_character_is_kept(scene: Scene) -> None:
    scene.do(KeepDraft("d", scene.clock.at, False, {"symptom": "断\ud83d网"}))
    assert scene.queries.drafts()[0].fields == {"symptom": "断网"}


def test_what_no_font_has_is_refused_on_paper_by_name_and_the_rest_prints(scene: Scene) -> None:
    fault = scene.register(symptom="断网😀" + "\u200d" + "结束")
    scene.send(fault)
    with pytest.raises(KnownError, match="无法打印") as caught:
        scene.queries.preview_work_order(fault, "zhangyiming")
    assert "U+1F600" in caught.value.message
    assert "U+200D" in caught.value.message
    with pytest.raises(KnownError, match="无法打印"):
        scene.do(IssueWorkOrder(fault, "zhangyiming"))
    plain = scene.register(symptom=poisoned("断网\t𠮷" * 30).replace("𠮷", "吉"))
    scene.send(plain)
    assert scene.queries.preview_work_order(plain, "zhangyiming").startswith(b"%PDF")


def test_a_very_long_symptom_prints_or_is_refused_by_name(scene: Scene) -> None:
    fault = scene.register(symptom="断网，" * 2333)
    scene.send(fault)
    assert scene.queries.preview_work_order(fault, "zhangyiming").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (lambda now: RegisterFault(now + 60, "shizhengfu", "断网"), "还没有到"),
        (lambda now: RegisterFault(now, "nowhere", "断网"), "站点"),
        (lambda now: RegisterFault(now, "", "断网"), "站点"),
    ],
)
def test_a_call_from_the_future_or_from_nowhere_is_refused(
    scene: Scene, command: object, reason: str
) -> None:
    with pytest.raises(KnownError, match=reason) as caught:
        scene.do(command(scene.clock.at))  # type: ignore[operator]
    assert caught.value.remedy
    assert scene.queries.queue() == ()


def test_a_step_before_the_report_in_the_future_or_by_nobody_is_refused(scene: Scene) -> None:
    fault = scene.register()
    now = scene.clock.at
    for command, reason in (
        (RecordMilestone(fault, FactKind.ARRIVED, 1, now + 1), "还没有到"),
        (RecordMilestone(fault, FactKind.ARRIVED, 1, now - 1), "早于接报"),
        (AssignFault(fault, "nobody", 1), "没有这个人"),
        (RecordMilestone(fault, FactKind.ARRIVED, 1, staff_id="nobody"), "没有这个人"),
    ):
        with pytest.raises(KnownError, match=reason) as caught:
            scene.do(command)
        assert caught.value.remedy
    assert scene.version(fault) == 1
