"""From the registers of the core room to their papers. Nothing here prints or keeps anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from dispatch_app.contract.calendar_beijing import date_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.money import to_yuan
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.changes_approval import CHANGES_APPROVAL, authority
from dispatch_app.operations.registers.entries import known_entry
from dispatch_app.operations.registers.kinds import Values, moment_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.media import LEVELS, MEDIA, STATES
from dispatch_app.operations.registers.register import Register, Span, chosen
from dispatch_app.operations.registers.spares import PAYERS
from dispatch_app.operations.registers.standing import Standing, values_by_ids, within
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.reports.change_form import ChangeFormSheet
from dispatch_app.reports.record_book import BookColumn, BookFact, RecordBookSheet

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class RoomPaper:
    """Which paper of the core room.

    Attributes:
        start, end: The period, half-open, epoch seconds at Beijing midnights; 0 where the paper has none.
        site: Id of the room; empty for all of them.
        entry_id: The change a 变更审批单 is of.
    """

    kind: DocumentKind
    start: int = 0
    end: int = 0
    site: str = ""
    entry_id: str = ""


Cells = Callable[[View, list[Standing]], list[tuple[str, ...]]]
Summary = Callable[[View, list[Standing]], str]


@dataclass(frozen=True, slots=True)
class Book:
    """How a list of records is made.

    Attributes:
        register: Its key.
        moment: Column that says whether a record belongs to the period.
        columns: (heading, share of the width, column of the register).
        word: What its numbers begin with.
        more: Columns and cells that come from elsewhere.
    """

    title: str
    word: str
    register: str
    moment: str
    columns: tuple[tuple[str, int, str], ...]
    rules: str
    signatures: tuple[str, ...]
    more: tuple[BookColumn, ...] = ()
    more_cells: Cells = lambda _view, some: [()] * len(some)
    summary: Summary = lambda _view, _some: ""
    mark: str = ""


def _priced(view: View, some: list[Standing]) -> list[tuple[str, ...]]:
    spares = _spares(view, some)
    return [
        (
            str(spare.get("model", "")),
            f"{to_yuan(int(spare['price'])):,.2f}",
            f"{_sum_of(one, spare):,.2f}",
            PAYERS[str(spare["payer"])],
        )
        for one in some
        for spare in (spares[str(one.values["spare"])],)
    ]


def _spares(view: View, some: list[Standing]) -> dict[str, Values]:
    """The spares of some uses, by id."""
    return values_by_ids(view.session, {str(one.values["spare"]) for one in some})


def _sum_of(use: Standing, spare: Values) -> Decimal:
    return to_yuan(int(spare["price"]) * int(use.values["quantity"]))


def _spare_sums(view: View, some: list[Standing]) -> str:
    sums = dict.fromkeys(PAYERS, Decimal(0))
    spares = _spares(view, some)
    for one in some:
        spare = spares[str(one.values["spare"])]
        sums[str(spare["payer"])] += _sum_of(one, spare)
    line = view.law.terms.contract.part_line
    parts = "；".join(f"{PAYERS[payer]} {total:,.2f} 元" for payer, total in sums.items())
    return f"合计：{parts}。单价以 {line:.0f} 元为界（八.1(4)），按备件台账现行单价计算。"


def _levels(_view: View, some: list[Standing]) -> str:
    counted = {
        word: sum(one.values["level"] == level for one in some) for level, word in reversed(LEVELS.items())
    }
    return "共 {} 件：{}。".format(
        len(some), "、".join(f"{word} {count} 件" for word, count in counted.items() if count)
    )


BOOKS: Mapping[DocumentKind, Book] = MappingProxyType(
    {
        DocumentKind.VISIT_BOOK: Book(
            "机房出入登记",
            "出入",
            "visits",
            "came",
            (
                ("机房", 104, "site"),
                ("来访人", 56, "visitor"),
                ("单位", 96, "unit"),
                ("人数", 32, "people"),
                ("事由", 104, "purpose"),
                ("批准文号", 84, "approval"),
                ("陪同人", 48, "escort"),
                ("进入时间", 76, "came"),
                ("离开时间", 76, "left"),
                ("携带物品", 80, "items"),
            ),
            "外单位人员进入机房须经安宁市工业和信息化局批准同意（附二(六)、附三(一)）",
            ("登记人签字", "机房负责人签字"),
        ),
        DocumentKind.DOCUMENT_BOOK: Book(
            "资料出入登记",
            "资料",
            "documents_out",
            "out_at",
            (
                ("资料名称", 116, "title"),
                ("类别", 48, "kind"),
                ("密级", 36, "secrecy"),
                ("份数", 32, "copies"),
                ("机房", 88, "site"),
                ("批准人", 48, "approver"),
                ("批准文号", 80, "approval"),
                ("带出人", 64, "taken_by"),
                ("带出时间", 72, "out_at"),
                ("应还日期", 60, "due"),
                ("归还时间", 72, "returned_at"),
                ("签收人", 44, "received_by"),
            ),
            "未经批准不得带出机房，按时履行清退和登记签收手续（附二(二)）",
            ("登记人签字", "资料保管人签字"),
        ),
        DocumentKind.SPARE_BOOK: Book(
            "备件使用清单",
            "备件",
            "spare_uses",
            "taken_at",
            (
                ("领用时间", 80, "taken_at"),
                ("备件", 132, "spare"),
                ("数量", 36, "quantity"),
                ("故障", 60, "fault"),
                ("领用人", 52, "taken_by"),
                ("用途", 120, "purpose"),
            ),
            "合同总价包括备品备件和工具，不包括超过限价的零配件采购费（八.1）",
            ("制表人签字", "甲方核对签字"),
            more=(
                BookColumn(heading="型号", share=88),
                BookColumn(heading="单价（元）", share=56, right=True),
                BookColumn(heading="金额（元）", share=60, right=True),
                BookColumn(heading="费用", share=56),
            ),
            more_cells=_priced,
            summary=_spare_sums,
        ),
        DocumentKind.DESTRUCTION_LIST: Book(
            "移动存储介质销毁清单",
            "销毁",
            MEDIA.key,
            "",
            (
                ("介质编号", 64, "label"),
                ("类型", 52, "kind"),
                ("密级", 44, "level"),
                ("容量", 44, "capacity"),
                ("保管人", 52, "holder"),
                ("存放处", 88, "place"),
                ("销毁原因", 112, "destroy_reason"),
                ("批准领导", 56, "leader"),
                ("批准文号", 96, "approval"),
                ("批准日期", 64, "approved_on"),
            ),
            "登记造册，经单位主管领导批准后送市保密局集中销毁，任何个人不得擅自销毁（附四 九）",
            ("单位主管领导批准", "登记造册人", "监销人", "送交人", "市保密局接收人", "接收单位盖章"),
            summary=_levels,
            mark="内部资料　编号管理　不得复印",
        ),
    }
)
"""The lists there are."""


def room_sheet(view: View, wanted: RoomPaper, number: str) -> RecordBookSheet | ChangeFormSheet:
    """What a paper says at this moment.

    Raises:
        KnownError: The period is none, there is nothing to destroy, too much for a paper, or no such change.
    """
    if wanted.kind is DocumentKind.CHANGE_FORM:
        return _change_form(view, wanted.entry_id, number)
    book = BOOKS[wanted.kind]
    lookup = lookup_for(view.session, view.now)
    some = _records(view, book, wanted)
    register = register_of(book.register)
    columns = [
        BookColumn(heading=heading, share=share, right=register.column(key).kind.right)
        for heading, share, key in book.columns
    ]
    return RecordBookSheet(
        title=book.title,
        number=number,
        issuer=view.law.terms.contract.contractor,
        facts=_facts(view, lookup, book, wanted, len(some)),
        columns=(BookColumn(heading="编号", share=56), *columns, *book.more),
        rows=tuple(
            (one.number, *_shown(register, lookup, one.values, book), *more)
            for one, more in zip(some, book.more_cells(view, some), strict=True)
        ),
        nothing="本期没有记录。",
        summary=book.summary(view, some) if some else "",
        rules=book.rules,
        signatures=book.signatures,
        mark=book.mark,
        issued_at=view.now,
    )


def _records(view: View, book: Book, wanted: RoomPaper) -> list[Standing]:
    if book.moment:
        if not wanted.start < wanted.end:
            raise KnownError("起止日期不对", "起日不能晚于止日", "start")
        span = Span(book.moment, moment_key(wanted.start), moment_key(wanted.end))
        some = within(view.session, book.register, span)
        some.sort(key=lambda one: int(one.values[book.moment]))
    else:
        some = within(view.session, book.register, chosen("state", STATES, "to_destroy"))
        if not some:
            raise KnownError("没有待销毁的介质", "先在移动存储介质里申请销毁，再出具清单")
    found = [one for one in some if not wanted.site or one.values["site"] == wanted.site]
    if len(found) > MOST_ROWS:
        raise KnownError(f"共 {len(found):,} 条，一份登记最多打印 {MOST_ROWS:,} 条", "请缩短起止日期再打印")
    return found


def _shown(register: Register, lookup: Lookup, values: Values, book: Book) -> tuple[str, ...]:
    return tuple(
        register.column(key).kind.text(values[key], lookup) if key in values else ""
        for _, _, key in book.columns
    )


def _facts(view: View, lookup: Lookup, book: Book, wanted: RoomPaper, count: int) -> tuple[BookFact, ...]:
    if not book.moment:
        return (
            BookFact(label="管理方", value=view.law.terms.contract.client),
            BookFact(label="造册日期", value=date_text(view.now)),
            BookFact(label="件数", value=f"{count} 件"),
        )
    facts = [BookFact(label="记录", value=f"{count} {register_of(book.register).counted}")]
    period = f"{date_text(wanted.start)} 至 {date_text(wanted.end - 1)}"
    facts.insert(0, BookFact(label="起止日期", value=period))
    if book.register == "visits":
        room = lookup.site_name(wanted.site) if wanted.site else "全部机房"
        facts.insert(1, BookFact(label="机房", value=room))
    return tuple(facts)


def _change_form(view: View, entry_id: str, number: str) -> ChangeFormSheet:
    register, entry = known_entry(view.session, entry_id)
    if register is not CHANGES_APPROVAL:
        raise KnownError("这条记录不是变更", "请在变更审批里选择一项")
    lookup = lookup_for(view.session, view.now)
    shown: dict[str, Any] = {
        column.key: column.kind.text(entry.values[column.key], lookup)
        for column in register.columns
        if column.key in entry.values
    }
    shown["subject"] = shown.pop("title")
    return ChangeFormSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        change=entry.number,
        authority=authority(entry.values),
        issued_at=view.now,
        **shown,
    )
