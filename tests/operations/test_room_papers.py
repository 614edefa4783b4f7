"""The papers of the core room: what stands on them, what numbers them, what they refuse."""

from __future__ import annotations

import pytest

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations import room_sheets
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from dispatch_app.operations.room_papers import IssueRoomPaper
from dispatch_app.operations.room_sheets import RoomPaper
from dispatch_app.operations.rows import DocumentKind
from tests.operations.registers import test_changes_approval as changing
from tests.operations.registers import test_documents_out as documents
from tests.operations.registers import test_media as media
from tests.operations.registers import test_spares as spares
from tests.operations.registers import test_visits as visits
from tests.operations.registers.test_entries import add as add_device
from tests.operations.scene import Scene
from tests.reports.pdf import sizes, solid, text

NOVEMBER = (parse_moment("2024-11-01 00:00"), parse_moment("2024-12-01 00:00"))


def period(kind: DocumentKind, site: str = "") -> RoomPaper:
    return RoomPaper(kind, *NOVEMBER, site)


def words(scene: Scene, paper: RoomPaper) -> str:
    return solid(text(scene.queries.preview_room_paper(paper)))


def issued(scene: Scene, paper: RoomPaper) -> str:
    made = scene.do(IssueRoomPaper(paper))
    return solid(text(scene.queries.document_pdf(made.created)))


def test_the_book_of_visits_holds_those_of_the_period_and_the_room(scene: Scene) -> None:
    left = visits.enter(scene)
    scene.at("10:15").do(ActOnEntry(left, 1, "leave", {"left": "现在"}))
    visits.enter(scene, visitor="李工", site="市政府大楼机房")
    page = words(scene, period(DocumentKind.VISIT_BOOK))
    for said in (
        "机房出入登记",
        "单号：预览",
        "2024-11-01至2024-11-30",
        "全部机房",
        "2次出入",
        "王建国",
        "李工",
        "安工信函〔2024〕31号",
        "2024-11-2210:15",
        "第1页共1页",
        "登记人签字",
    ):
        assert said in page
    room = words(scene, period(DocumentKind.VISIT_BOOK, "shizhengfu"))
    assert "李工" in room
    assert "王建国" not in room
    scene.at("2024-12-02 08:00")
    empty = RoomPaper(DocumentKind.VISIT_BOOK, NOVEMBER[1], NOVEMBER[1] + 86400)
    assert "本期没有记录。" in words(scene, empty)


def test_an_issued_book_has_a_number_and_a_reprint_says_so(scene: Scene) -> None:
    visits.enter(scene)
    made = scene.do(IssueRoomPaper(period(DocumentKind.VISIT_BOOK)))
    assert made.message == "机房出入登记 出入〔2024〕1号 已编号留底"
    page = solid(text(scene.queries.document_pdf(made.created)))
    assert "单号：出入〔2024〕1号" in page
    assert "第1份" in page
    again = solid(text(scene.queries.document_pdf(made.created, reprint=True)))
    assert "第2份（补打）" in again
    assert "王建国" in again
    (document,) = scene.queries.documents(DocumentKind.VISIT_BOOK)
    assert document.title == "机房出入登记 出入〔2024〕1号"


def test_a_period_ends_after_it_begins(scene: Scene) -> None:
    with pytest.raises(KnownError) as refused:
        scene.queries.preview_room_paper(RoomPaper(DocumentKind.VISIT_BOOK, NOVEMBER[1], NOVEMBER[0]))
    assert (refused.value.message, refused.value.field) == ("起止日期不对", "start")


def test_a_book_too_long_for_a_paper_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    visits.enter(scene)
    visits.enter(scene, visitor="李工")
    monkeypatch.setattr(room_sheets, "MOST_ROWS", 1)
    with pytest.raises(KnownError, match="共 2 条，一份登记最多打印 1 条"):
        scene.do(IssueRoomPaper(period(DocumentKind.VISIT_BOOK)))


def test_the_book_of_documents_says_what_is_back(scene: Scene) -> None:
    documents.take_out(scene)
    page = issued(scene, period(DocumentKind.DOCUMENT_BOOK))
    for said in ("资料出入登记", "资料〔2024〕1号", "政务网拓扑图", "机密", "2024-11-25", "1次带出"):
        assert said in page


def test_the_list_of_spares_sums_what_either_side_pays(scene: Scene) -> None:
    spares.keep(scene)
    spares.keep(scene, name="交换机主板", price="1200", model="S5560")
    spares.take(scene, "2")
    spares.take(scene, "1", spare="交换机主板")
    page = issued(scene, period(DocumentKind.SPARE_BOOK))
    assert "备件〔2024〕1号" in page
    assert "合计：合同价内360.00元；甲方另付1,200.00元。" in page
    assert "S5560" in page


def test_the_list_for_destruction_has_what_waits_and_room_to_approve(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有待销毁的介质"):
        scene.queries.preview_room_paper(RoomPaper(DocumentKind.DESTRUCTION_LIST))
    first = media.keep(scene)
    media.keep(scene, label="U-02")
    media.step(scene, first, "ask_to_destroy", destroy_reason="坏道")
    page = issued(scene, RoomPaper(DocumentKind.DESTRUCTION_LIST))
    for said in (
        "移动存储介质销毁清单",
        "销毁〔2024〕1号",
        "内部资料编号管理不得复印",
        "U-01",
        "坏道",
        "共1件：机密1件。",
        "单位主管领导批准",
        "市保密局接收人",
    ):
        assert said in page
    assert "U-02" not in page


def test_a_change_prints_with_a_box_until_it_is_decided(scene: Scene) -> None:
    entry_id = changing.ask(scene)
    paper = RoomPaper(DocumentKind.CHANGE_FORM, entry_id=entry_id)
    page = words(scene, paper)
    for said in ("变更审批单", "A-BG0001", "VLAN20在1至12口", "系统管理员批准", "意见：", "待批准"):
        assert said in page
    changing.step(scene, entry_id, "approve", changing.APPROVAL)
    changing.step(scene, entry_id, "execute", changing.EXECUTION)
    scene.at("09:30")
    changing.step(scene, entry_id, "roll_back", {"rolled_back_at": "09:10", "rollback": "语音中断"})
    page = issued(scene, paper)
    for said in ("变更单〔2024〕1号", "变更批〔2024〕7号", "业务正常", "语音中断", "已回退"):
        assert said in page
    assert "意见：" not in page


def test_what_decided_a_change_stands_on_its_form(scene: Scene) -> None:
    declined = changing.ask(scene)
    changing.step(scene, declined, "decline", {"approver": "周主任", "declined": "影响会议"})
    assert "不同意：影响会议" in words(scene, RoomPaper(DocumentKind.CHANGE_FORM, entry_id=declined))
    notice = changing.ask(scene, kind="甲方线路变更通知", before="", document="安工信函〔2024〕9号")
    page = words(scene, RoomPaper(DocumentKind.CHANGE_FORM, entry_id=notice))
    assert "甲方通知安工信函〔2024〕9号，不用另行批准" in page


def test_a_new_device_stands_on_the_form_of_its_change(scene: Scene) -> None:
    add_device(scene)
    entry_id = changing.ask(scene, kind="增加设备", before="")
    changing.step(scene, entry_id, "approve", changing.APPROVAL)
    changing.step(scene, entry_id, "execute", changing.EXECUTION | {"new_device": "AN-0012"})
    assert "新设备AN-0012" in words(scene, RoomPaper(DocumentKind.CHANGE_FORM, entry_id=entry_id))


def test_only_a_change_has_a_form_of_change(scene: Scene) -> None:
    with pytest.raises(KnownError, match="这条记录不是变更"):
        scene.queries.preview_room_paper(RoomPaper(DocumentKind.CHANGE_FORM, entry_id=visits.enter(scene)))


def test_a_long_book_goes_on_over_pages_across(scene: Scene) -> None:
    for place in range(30):
        scene.do(AddEntry("visits", visits.VISIT | {"visitor": f"来访人{place}"}))
    pdf = scene.queries.preview_room_paper(period(DocumentKind.VISIT_BOOK))
    assert len(sizes(pdf)) > 1
    assert all(width > height for width, height in sizes(pdf))
    assert f"第2页共{len(sizes(pdf))}页" in solid(text(pdf))


def test_who_is_inside_is_told_with_the_longest_first(scene: Scene) -> None:
    visits.enter(scene)
    scene.at("2024-11-23 09:00")
    visits.enter(scene, visitor="李工", came="08:50", people="1")
    first, second = scene.queries.visitors_inside()
    assert (first.visitor, first.people, first.overnight) == ("王建国", 2, True)
    assert (second.visitor, second.room, second.escort) == ("李工", "宁湖大厦二机房", "张懿明")
    assert not second.overnight


def test_a_visitor_who_was_here_before_is_written_again_without_typing(scene: Scene) -> None:
    assert scene.queries.last_visit("王建国") == {}
    left = visits.enter(scene)
    scene.do(ActOnEntry(left, 1, "leave", {"left": "现在"}))
    again = scene.queries.last_visit(" 王建国 ")
    assert (again["unit"], again["escort"], again["people"]) == ("昆明电力检修公司", "张懿明", "2")
    assert not {"came", "approval"} & again.keys()
