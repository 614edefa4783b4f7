"""变更审批单: one change on one sheet: what, before, after, who approves, who executed it, how it went.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFormSheet:
    """Everything a 变更审批单 says, as shown text; what is empty leaves its box to the pen.

    Attributes:
        change: Number of the change in the register.
        authority: Who approves: 系统管理员 or 甲方.
        document: Number of the letter by which 甲方 announced the change.
        issued_at: Epoch seconds UTC.
    """

    number: str
    issuer: str
    change: str
    kind: str
    subject: str
    site: str
    state: str
    applicant: str
    asked_at: str
    authority: str
    issued_at: int
    device: str = ""
    document: str = ""
    before: str = ""
    after: str = ""
    approver: str = ""
    approval: str = ""
    approved_at: str = ""
    declined: str = ""
    executed_by: str = ""
    executed_at: str = ""
    new_device: str = ""
    result: str = ""
    rolled_back_at: str = ""
    rollback: str = ""
    copy_number: int = 1
    reprint: bool = False


LABELS = {
    "number": "单号",
    "issuer": "单位",
    "change": "变更编号",
    "kind": "类别",
    "subject": "事项",
    "site": "站点",
    "applicant": "申请人",
    "asked_at": "申请时间",
}
TYPED = {
    "device": "设备",
    "document": "甲方通知文号",
    "before": "变更前",
    "after": "变更后",
    "approver": "批准人",
    "approval": "批准文号",
    "declined": "不同意的理由",
    "executed_by": "执行人",
    "new_device": "新设备",
    "result": "执行结果",
    "rollback": "回退说明",
}
"""What else somebody has typed."""


def render_change_form(sheet: ChangeFormSheet, fonts: FontSet | None = None) -> bytes:
    """The 变更审批单 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a text has characters no font has.
    """
    require(sheet, LABELS, "变更审批单")
    from dispatch_app.reports.change_form_layout import lay_out

    return lay_out(sheet, fonts)
