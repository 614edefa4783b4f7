"""A letter to 甲方 as an official document: 函告 of a change of people (九.1), 续签申请 (十.2).

Layout after GB/T 9704-2012. Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPart:
    """A heading of the first level, or none, and what stands under it; line feeds begin new paragraphs."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet:
    """Everything a printed letter says. Times are epoch seconds, UTC.

    Attributes:
        form: What it is called: `函告`.
        number: 发文字号, `函〔2026〕3号`. May be empty in a draft.
        issuer: 发文机关, whose signature stands above the date.
        letterhead: 发文机关标志, the red text at the head; a setting.
        signer: 签发人; may be empty in a draft.
        addressee: 主送机关, without the colon.
        title: 标题, without a full stop.
        whole: Words that a line of the title does not tear apart.
        parts: The text, from the first paragraph to the closing words.
        contact: 联系人及电话, one line.
        dated: 成文日期.
        issued_at: When the number was given (for a draft: when it was printed).
        copy_number: 1 for the first copy.
        reprint: A copy printed again after the issue: says 补打.
        draft: Not issued: says 草稿.
    """

    form: str
    number: str
    issuer: str
    letterhead: str
    signer: str
    addressee: str
    title: str
    parts: tuple[LetterPart, ...]
    contact: str
    dated: date
    issued_at: int
    whole: tuple[str, ...] = ()
    copy_number: int = 1
    reprint: bool = False
    draft: bool = False


LABELS = {
    "number": "发文字号",
    "issuer": "发文机关",
    "letterhead": "发文机关标志",
    "signer": "签发人",
    "addressee": "主送机关",
    "title": "标题",
    "contact": "联系人",
}


def render_letter(sheet: LetterSheet, fonts: FontSet | None = None) -> bytes:
    """The letter as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty (not in a draft), or a field holds characters no font has.
    """
    if not sheet.draft:
        require(sheet, {**LABELS, "parts": "正文"}, sheet.form)
    from dispatch_app.reports.letter_layout import lay_out

    return lay_out(sheet, fonts)
