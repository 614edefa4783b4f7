"""Sets the 专报 on the official grid."""

from __future__ import annotations

from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.moments import moment_text, written_moment
from dispatch_app.reports.official import OfficialDocument
from dispatch_app.reports.paper import A4, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.special_report import LABELS, SpecialReportSheet

_TO_BE_WRITTEN = "〔待填〕"


def lay_out(sheet: SpecialReportSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4, f"专报{sheet.number}", sheet.issuer, fonts)
    document = OfficialDocument(paper)
    copy_mark = "" if sheet.draft else f"{sheet.copy_number:06d}" + ("（补打）" if sheet.reprint else "")
    document.head(sheet.letterhead, sheet.number or _TO_BE_WRITTEN, sheet.signer or _TO_BE_WRITTEN, copy_mark)
    document.title(sheet.title or _TO_BE_WRITTEN, (sheet.site, sheet.device, sheet.model))
    document.addressee(sheet.addressee or _TO_BE_WRITTEN)
    _body(document, sheet)
    document.attachments(sheet.attachments)
    document.signature(sheet.issuer, sheet.dated, f"（联系人：{sheet.contact or _TO_BE_WRITTEN}）")
    return document.finish(sheet.issuer, sheet.dated, _trace(sheet), sheet.draft)


def _body(document: OfficialDocument, sheet: SpecialReportSheet) -> None:
    document.paragraph(
        f"{_written(sheet, sheet.reported_at)}，我公司接到{_or_blank(sheet.site)}故障报告"
        f"（故障编号：{_or_blank(sheet.fault_no)}）。经派员现场核查，于{_written(sheet, sheet.confirmed_at)}"
        "确认该故障须按技术维护合同约定的专报程序办理。现将有关情况报告如下。"
    )
    document.heading("一、故障设备")
    document.paragraph(f"（一）设备名称：{_or_blank(sheet.device)}")
    document.paragraph(f"（二）规格型号：{_or_blank(sheet.model)}")
    document.paragraph(f"（三）序列号：{sheet.serial or '未登记'}")
    document.paragraph(f"（四）技术参数：{_or_blank(sheet.parameters)}")
    document.heading("二、故障原因")
    document.paragraph(_or_blank(sheet.cause))
    document.heading("三、处理建议")
    document.paragraph(_or_blank(sheet.advice))
    document.heading("四、预估费用")
    if sheet.estimate is None:
        document.paragraph(_TO_BE_WRITTEN)
    else:
        document.paragraph(
            f"处理该故障的预估费用为人民币{sheet.estimate:,.2f}元（大写：{_or_blank(sheet.estimate_in_words)}）。"
            "上述费用为预估数，最终以批示后实际发生的金额为准。"
        )
    document.paragraph("以上情况，请予批示。")


def _written(sheet: SpecialReportSheet, at: int) -> str:
    return written_moment(at) + ("（时刻待核）" if at in sheet.doubtful else "")


def _or_blank(text: str) -> str:
    return text if text.strip() else _TO_BE_WRITTEN


def _trace(sheet: SpecialReportSheet) -> str:
    parts = ["专报" + (sheet.number or "（未编号）"), f"第{sheet.copy_number}份"]
    parts.append(f"{'打印' if sheet.draft else '签发'} {moment_text(sheet.issued_at)}")
    if sheet.reprint:
        parts.append("补打")
    return "　".join(parts)


def _fields(sheet: SpecialReportSheet) -> list[Field]:
    texts = {name: getattr(sheet, name) for name in LABELS if name not in ("estimate", "attachments")}
    fields = [Field(name, LABELS[name], text) for name, text in texts.items()]
    return fields + [Field("attachments", LABELS["attachments"], name) for name in sheet.attachments]
