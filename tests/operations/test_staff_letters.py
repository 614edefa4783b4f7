"""函告: several changes told in one letter, with names and numbers, and said to be late where it is."""

from __future__ import annotations

import pytest
from sqlalchemy import text as sql

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import RecordPrint
from dispatch_app.operations.registers.entries import AmendEntry
from dispatch_app.operations.staff_letters import IssueStaffLetter
from tests.operations.letters import body as text
from tests.operations.registers.registering import act, add, detail
from tests.operations.scene import Scene

MOBILE = "139" + "12345678"
JOINS = {
    "kind": "入职",
    "name": "王小川",
    "role": "维护工程师",
    "post": "组长",
    "technician": "是",
    "mobile": MOBILE,
    "planned": "2024-11-25",
}
LEAVES = {"kind": "离职", "person": "刘平", "planned": "2024-11-25", "successor": "王小川"}
PHONE = {"kind": "更换电话", "person": "张懿明", "mobile": MOBILE, "planned": "2024-11-25"}


def change(scene: Scene, typed: dict[str, str], **other: str) -> str:
    return add(scene, "staff_changes", typed, **other)


def issue(scene: Scene, *entries: str) -> Changes:
    return scene.do(IssueStaffLetter(entries))


def words(scene: Scene, *entries: str) -> str:
    return text(scene.queries.preview_staff_letter(entries))


def test_one_letter_tells_several_changes_with_names_and_numbers(scene: Scene) -> None:
    both = (change(scene, JOINS), change(scene, LEAVES))
    assert "草稿" in words(scene, *both)
    done = issue(scene, *both)
    assert done.message == "函告 函〔2024〕1号 已出"
    paper = text(scene.queries.document_pdf(done.created))
    for said in (
        "函〔2024〕1号",
        "关于维护服务人员变更的函",
        "第九条第一款",
        "现将变更事项提前函告如下",
        "一、新增服务人员王小川",
        f"王小川，岗位维护工程师，职务组长，自2024年11月25日起从事本合同项下的维护服务工作。服务电话0871-68686833，手机号码{MOBILE}",
        "二、刘平离职",
        "其工作由王小川接替",
        "专业技术人员为5人，符合合同不少于5人的约定",
        "特此函告",
    ):
        assert said in paper, said
    assert "草稿" not in paper
    for entry in both:
        told = detail(scene, entry).typed
        assert (told["letter"], told["letter_sent"], told["notice"]) == (
            "函〔2024〕1号",
            "2024-11-22",
            "已函告",
        )
    (document,) = scene.queries.documents("staff_letter")
    assert document.title == "函告 函〔2024〕1号 关于维护服务人员变更的函"


def test_a_letter_after_the_fact_says_so_and_is_noted_as_late(scene: Scene) -> None:
    entry = change(scene, LEAVES, successor="")
    act(scene, entry, "effect", effective="2024-11-20")
    done = issue(scene, entry)
    assert done.message == "函告 函〔2024〕1号 已出；A-RB0001 迟于变更 2 天"
    paper = text(scene.queries.document_pdf(done.created))
    assert "因故未能提前函告，现将变更情况补告如下" in paper
    assert "自2024年11月20日起不再从事" in paper
    assert "接替人员确定后另行函告" in paper
    assert "专业技术人员为4人，低于合同不少于5人的约定" in paper


def test_a_new_number_is_told_before_and_after_it_is_in_the_roster(scene: Scene) -> None:
    entry = change(scene, PHONE)
    paper = words(scene, entry)
    assert "关于维护服务人员联系方式变更的函" in paper
    assert (
        f"张懿明（维护工程师）的手机号码自2024年11月25日起变更为{MOBILE}，服务电话0871-68686833不变" in paper
    )
    scene.at("2024-11-25 09:00")
    act(scene, entry, "effect", effective="今天")
    done = issue(scene, entry)
    assert MOBILE in text(scene.queries.document_pdf(done.created))
    assert "当天函告，未提前" in done.message


def test_people_and_numbers_share_a_title(scene: Scene) -> None:
    paper = words(scene, change(scene, PHONE), change(scene, JOINS, technician="否", post="", mobile=""))
    assert "关于维护服务人员及联系方式变更的函" in paper
    assert "王小川，岗位维护工程师，自2024年11月25日起从事" in paper
    assert "服务电话0871-68686833。" in paper


def test_who_was_sent_back_is_replaced_by_somebody_with_a_number(scene: Scene) -> None:
    entry = change(scene, LEAVES, kind="甲方遣返", successor="刘涛")
    paper = words(scene, entry)
    assert "一、更换服务人员刘平" in paper
    assert "按贵局要求，刘平（维护工程师）自2024年11月25日起不再派驻" in paper
    assert "其工作由刘涛接替，联系电话0871-68686833" in paper


def test_somebody_in_the_roster_by_now_is_told_with_the_number_there(scene: Scene) -> None:
    entry = change(scene, JOINS, planned="今天")
    act(scene, entry, "effect", effective="今天")
    assert MOBILE in words(scene, entry)


def test_more_than_ten_changes_are_numbered_on(scene: Scene) -> None:
    some = [change(scene, JOINS, name=f"新人{n}") for n in range(11)]
    paper = words(scene, *some)
    assert "十、新增服务人员新人9" in paper
    assert "11、新增服务人员新人10" in paper


def test_a_letter_that_cannot_be_is_refused(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有选要函告的变动"):
        scene.queries.preview_staff_letter([])
    leave = add(scene, "leaves", {"person": "刘平", "kind": "年假", "since": "今天", "until": "今天"})
    with pytest.raises(KnownError, match="A-QJ0001 不是人员变动"):
        issue(scene, leave)
    hidden = change(scene, PHONE, mobile="139****5678")
    with pytest.raises(KnownError, match="A-RB0001 没有完整的新手机号码"):
        issue(scene, hidden)
    entry = change(scene, LEAVES)
    issue(scene, entry)
    with pytest.raises(KnownError, match="A-RB0002 已由 函〔2024〕1号 函告"):
        issue(scene, entry)


def test_a_character_no_font_has_is_refused_and_takes_no_number(scene: Scene) -> None:
    entry = change(scene, JOINS, name="王\U0001f600")
    with pytest.raises(KnownError, match="字体中没有以下字符"):
        issue(scene, entry)
    scene.do(AmendEntry(entry, 1, {"name": "王小川"}, "写错"))
    assert "函〔2024〕1号" in issue(scene, entry).message


def test_a_reprint_says_so_and_the_number_stands_only_in_the_letter(scene: Scene) -> None:
    done = issue(scene, change(scene, PHONE))
    scene.do(RecordPrint(done.created, "打印机", succeeded=True))
    assert "补打" in text(scene.queries.document_pdf(done.created, reprint=True))
    with scene.database.reader() as session:
        for table in ("desk_events", "register_cells", "register_entries", "change_log", "print_jobs"):
            for row in session.execute(sql(f"SELECT * FROM {table}")):
                assert MOBILE not in "|".join(map(str, row)), table


def test_a_number_given_by_hand_is_not_given_out_again(scene: Scene) -> None:
    act(scene, change(scene, LEAVES), "tell", letter="函〔2024〕1号", letter_sent="今天")
    assert issue(scene, change(scene, JOINS)).message == "函告 函〔2024〕2号 已出"
