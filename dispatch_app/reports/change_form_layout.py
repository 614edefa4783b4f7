"""Sets the 变更审批单, A4: labels beside their values, boxes to sign in for what has not been decided yet."""

from __future__ import annotations

from dispatch_app.reports import desk_frame
from dispatch_app.reports.change_form import LABELS, TYPED, ChangeFormSheet
from dispatch_app.reports.desk_frame import Frame
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.paper import A4, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Row, Table

_TEXT = Style(Role.SANS, 10.5)
_LINE = 28.0
_BOX = 92.0
_SIGNED = "签字：　　　　　　　　　　年　　月　　日　　时　　分"
_COLUMNS = (Column("", 98), Column("", 152), Column("", 98), Column("", 152))


def lay_out(sheet: ChangeFormSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    labels = {**LABELS, **TYPED}
    refuse_unprintable([Field(name, label, getattr(sheet, name)) for name, label in labels.items()], fonts)
    paper = Paper(A4, f"变更审批单{sheet.number}", sheet.issuer, fonts)
    frame = Frame("变更审批单", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow = desk_frame.begin(paper, frame)
    Table(flow, _COLUMNS, _TEXT).draw([*_asked(sheet), *_decided(sheet), *_done(sheet)])
    desk_frame.feet(
        paper, sheet.number, "未经批准不得变动设备、线路、配置和网络地址（附二(五)）；批准之后才能执行"
    )
    return paper.pdf()


def _asked(sheet: ChangeFormSheet) -> list[Row]:
    return [
        _pairs(("变更编号", sheet.change), ("进度", sheet.state)),
        _wide("事项", sheet.subject, _LINE),
        _pairs(("类别", sheet.kind), ("站点", sheet.site)),
        _pairs(("设备", sheet.device), ("甲方通知文号", sheet.document)),
        _pairs(("申请人", sheet.applicant), ("申请时间", sheet.asked_at)),
        _wide("变更前", sheet.before, _BOX),
        _wide("变更后", sheet.after, _BOX),
    ]


def _decided(sheet: ChangeFormSheet) -> list[Row]:
    if sheet.document and not sheet.approval:
        return [_wide("批准", f"甲方通知 {sheet.document}，不用另行批准（三.2）", _LINE)]
    who = f"{sheet.authority}批准"
    if sheet.declined:
        return [_wide(who, f"不同意：{sheet.declined}\n{sheet.approver}", _BOX)]
    if not sheet.approval:
        return [_wide(who, f"意见：\n\n\n{_SIGNED}", _BOX)]
    return [
        _pairs((who, sheet.approver), ("批准文号", sheet.approval)),
        _pairs(("批准时间", sheet.approved_at), ("签字", "")),
    ]


def _done(sheet: ChangeFormSheet) -> list[Row]:
    executed = [
        _pairs(("执行人", sheet.executed_by), ("执行时间", sheet.executed_at)),
        _wide("执行结果", sheet.result, _BOX),
    ]
    if sheet.new_device:
        executed.insert(1, _wide("新设备", sheet.new_device, _LINE))
    if sheet.rolled_back_at:
        executed.append(_wide("回退", f"{sheet.rolled_back_at}　{sheet.rollback}", _LINE))
    return [*executed, _pairs(("执行人签字", ""), (f"{sheet.authority}签字", ""))]


def _pairs(first: tuple[str, str], second: tuple[str, str]) -> Row:
    cells = [cell for label, value in (first, second) for cell in (Cell(label, label=True), Cell(value))]
    return Row(tuple(cells), _LINE)


def _wide(label: str, value: str, height: float) -> Row:
    return Row((Cell(label, label=True), Cell(value, span=3)), height)
