"""Sets a letter on the official grid."""

from __future__ import annotations

from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.letter import LABELS, LetterSheet
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.official import OfficialDocument
from dispatch_app.reports.paper import A4, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable

_TO_BE_WRITTEN = "〔待填〕"


def lay_out(sheet: LetterSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4, f"{sheet.form}{sheet.number}", sheet.issuer, fonts)
    document = OfficialDocument(paper)
    copy_mark = "" if sheet.draft else f"{sheet.copy_number:06d}" + ("（补打）" if sheet.reprint else "")
    document.head(sheet.letterhead, sheet.number or _TO_BE_WRITTEN, sheet.signer or _TO_BE_WRITTEN, copy_mark)
    document.title(sheet.title, sheet.whole)
    document.addressee(sheet.addressee)
    for part in sheet.parts:
        if part.heading:
            document.heading(part.heading)
        document.paragraph(part.text)
    document.attachments(())
    document.signature(sheet.issuer, sheet.dated, f"（联系人：{sheet.contact}）")
    return document.finish(sheet.issuer, sheet.dated, _trace(sheet), sheet.draft)


def _trace(sheet: LetterSheet) -> str:
    parts = [sheet.form + (sheet.number or "（未编号）"), f"第{sheet.copy_number}份"]
    parts.append(f"{'打印' if sheet.draft else '签发'} {moment_text(sheet.issued_at)}")
    if sheet.reprint:
        parts.append("补打")
    return "　".join(parts)


def _fields(sheet: LetterSheet) -> list[Field]:
    fields = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    return fields + [Field("parts", "正文", f"{part.heading}\n{part.text}") for part in sheet.parts]
