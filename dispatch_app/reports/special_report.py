"""专报: the special report on hardware that cannot be repaired (二.4), as an official document.

Layout after GB/T 9704-2012. Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialReportSheet:
    """Everything a printed 专报 says. Times are epoch seconds, UTC; sums are yuan.

    Attributes:
        number: 发文字号, `〔2026〕12号`. May be empty in a draft.
        issuer: 发文机关, whose signature stands above the date.
        letterhead: 发文机关标志, the red text at the head; a setting.
        signer: 签发人; may be empty in a draft.
        addressee: 主送机关, without the colon.
        title: 标题, without a full stop.
        fault_no: Number of the fault the report is about.
        site: Name of the site.
        reported_at: When the call was answered.
        confirmed_at: When the fault was confirmed on the spot; the 2 h of 二.4 run from here.
        device: What broke (设备名称).
        model: 设备型号.
        serial: 设备序列号; empty prints as 未登记.
        parameters: 技术参数; several lines allowed.
        cause: 故障原因; several paragraphs allowed.
        advice: 处理建议; several paragraphs allowed.
        estimate: 预估价格 in yuan; None only in a draft.
        estimate_in_words: The same in 大写.
        attachments: Names of the attachments, in order.
        contact: 联系人及电话, one line.
        dated: 成文日期.
        issued_at: When the number was given (for a draft: when it was printed).
        copy_number: 1 for the first copy.
        reprint: A copy printed again after the issue: says 补打.
        doubtful: Moments among these that are 待核: written down under a clock nobody had verified.
        draft: Not issued: says 草稿, and fields not yet written print as 〔待填〕.
    """

    number: str
    issuer: str
    letterhead: str
    signer: str
    addressee: str
    title: str
    fault_no: str
    site: str
    reported_at: int
    confirmed_at: int
    device: str
    model: str
    parameters: str
    cause: str
    advice: str
    estimate: Decimal | None
    estimate_in_words: str
    contact: str
    dated: date
    issued_at: int
    serial: str = ""
    attachments: tuple[str, ...] = ()
    copy_number: int = 1
    reprint: bool = False
    draft: bool = False
    doubtful: tuple[int, ...] = ()


LABELS = {
    "number": "发文字号",
    "issuer": "发文机关",
    "letterhead": "发文机关标志",
    "signer": "签发人",
    "addressee": "主送机关",
    "title": "标题",
    "fault_no": "故障编号",
    "site": "站点",
    "device": "设备名称",
    "model": "设备型号",
    "serial": "序列号",
    "parameters": "技术参数",
    "cause": "故障原因",
    "advice": "处理建议",
    "estimate": "预估价格",
    "estimate_in_words": "预估价格大写",
    "contact": "联系人",
    "attachments": "附件",
}
_MANDATORY = tuple(name for name in LABELS if name not in ("serial", "attachments"))


def render_special_report(sheet: SpecialReportSheet, fonts: FontSet | None = None) -> bytes:
    """The 专报 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty (not in a draft), or a field holds characters no font has.
    """
    if not sheet.draft:
        require(sheet, {name: LABELS[name] for name in _MANDATORY}, "专报")
    from dispatch_app.reports.special_report_layout import lay_out

    return lay_out(sheet, fonts)
