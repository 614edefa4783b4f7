"""资料出入 (附二(二)): what leaves a room on paper or as files is approved, signed out and signed back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import (
    Choice,
    Day,
    Measure,
    Moment,
    PersonOf,
    SiteOf,
    Text,
    Values,
)
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    before_day,
    empty,
)
from dispatch_app.operations.registers.rules import must_be_present

KINDS = {
    "drawing": "图纸",
    "document": "文件",
    "software": "软件版本",
    "archive": "技术档案",
    "internal": "内部资料",
}
SECRECY = {"internal": "内部", "secret": "秘密", "classified": "机密", "top": "绝密"}


def check(made: Check) -> None:
    """Raises KnownError by the title of the document."""
    must_be_present(made, "handed_by", "out_at")
    must_be_present(made, "received_by", "returned_at")
    title = made.text("title")
    for column, what in (("approval", "批准文号"), ("approver", "批准人")):
        if not made.text(column):
            raise KnownError(
                f"《{title}》没有{what}，不得带出机房（附二(二)）", f"取得批准后，填上{what}再登记", column
            )
    out = int(made.after["out_at"])
    if date.fromisoformat(str(made.after["due"])) < date_of(out):
        raise KnownError(f"应还日期 {made.text('due')} 早于带出的那天", "应还日期请填带出当天或以后", "due")
    back = made.after.get("returned_at")
    if back is None:
        return
    if int(back) < out:
        raise KnownError(
            f"归还时间早于带出时间 {made.text('out_at')}", "归还时间请填在带出之后", "returned_at"
        )
    if not made.text("received_by"):
        raise KnownError(f"《{title}》没有写谁签收的", "填上签收人再登记归还", "received_by")


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """Due back today is soon, later than that is breached."""
    due = date.fromisoformat(str(values["due"]))
    if "returned_at" in values or due > today:
        return {}
    return {"due": Tone.BREACHED if due < today else Tone.SOON}


def _is_back(values: Values) -> tuple[str, str] | None:
    return ("已经归还", "签收有误请用「更正」") if "returned_at" in values else None


DOCUMENTS_OUT = Register(
    key="documents_out",
    title="资料出入",
    code="ZL",
    counted="次带出",
    clause="附二(二)",
    purpose="登记带出机房的图纸、文件、软件版本和技术档案：未经批准不得带出，带出签字，按期归还",
    naming="title",
    columns=(
        Column("title", "资料名称", Text(longest=120), width=160, required=True),
        Column("secrecy", "密级", Choice(SECRECY), width=56, required=True, usual="内部"),
        Column("approver", "批准人", Text(longest=40), width=72),
        Column("approval", "批准文号", Text(longest=60), width=120, hint="未经批准不得带出机房（附二(二)）"),
        Column("taken_by", "带出人", Text(longest=80), width=96, required=True, hint="签字带走的人和单位"),
        Column("due", "应还日期", Day(), width=96, required=True),
        Column("returned_at", "归还时间", Moment(), width=138, entered=False),
        Column("out_at", "带出时间", Moment(), width=138, required=True, usual="现在"),
        Column("kind", "类别", Choice(KINDS), width=88, required=True),
        Column("copies", "份数", Measure(low="1", high="999"), width=56, required=True, usual="1"),
        Column("site", "机房", SiteOf(), width=188, required=True),
        Column("handed_by", "经手人", PersonOf(), width=80, required=True),
        Column("received_by", "签收人", PersonOf(), width=80, entered=False),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View("out", "未归还", lambda _now: (empty("returned_at"),)),
        View(
            "overdue", "超期未还", lambda now: (empty("returned_at"), before_day("due", now)), pressing=True
        ),
    ),
    actions=(
        Action(
            "return",
            "归还",
            ("returned_at", "received_by", "note"),
            "已归还",
            _is_back,
            preset={"returned_at": "现在"},
        ),
    ),
    descending=True,
    check=check,
    tones=tones,
)
