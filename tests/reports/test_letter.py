"""A letter on paper: the same bytes for the same sheet, and refusals by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.letter import LetterPart, LetterSheet, render_letter
from tests.reports.pdf import sizes, text

SHEET = LetterSheet(
    form="函告",
    number="函〔2024〕3号",
    issuer="安宁网盛信息技术有限公司",
    letterhead="安宁网盛信息技术有限公司文件",
    signer="朱红成",
    addressee="安宁市工业和科学技术信息化局",
    title="关于维护服务人员变更的函",
    parts=(LetterPart(heading="一、刘平离职", text="第一段。\n第二段。"), LetterPart(text="特此函告。")),
    contact="朱红成 0871-68686833",
    dated=date(2024, 11, 22),
    issued_at=1_732_257_127,
)


def test_the_same_letter_gives_the_same_bytes_on_a4() -> None:
    pdf = render_letter(SHEET)
    assert pdf == render_letter(SHEET)
    assert {(round(width), round(height)) for width, height in sizes(pdf)} == {(210, 297)}
    words = text(pdf)
    for said in ("000001", "函〔2024〕3号", "签发人：朱红成", "一、刘平离职", "第二段。", "2024年11月22日"):
        assert said in words
    assert "函告函〔2024〕3号　第1份　签发 2024-11-22 14:32" in words


def test_a_reprint_and_a_draft_say_what_they_are() -> None:
    again = text(render_letter(replace(SHEET, reprint=True, copy_number=2)))
    assert "000002（补打）" in again
    draft = text(render_letter(replace(SHEET, number="", signer="", draft=True)))
    assert "〔待填〕" in draft
    assert "草" in draft
    assert "函告（未编号）" in draft


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"signer": " "}, "signer", "函告缺少必填内容：签发人"),
        ({"parts": ()}, "parts", "函告缺少必填内容：正文"),
        ({"title": "\U0001f600"}, "title", "字体中没有以下字符，无法打印：标题中的“\U0001f600”（U+1F600）"),
        (
            {"parts": (LetterPart(text="\U0001f600"),)},
            "parts",
            "字体中没有以下字符，无法打印：正文中的“\U0001f600”（U+1F600）",
        ),
    ],
)
def test_what_cannot_be_printed_is_refused_by_name(
    change: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        render_letter(replace(SHEET, **change))  # type: ignore[arg-type]  # one field of several types
    assert (refused.value.field, refused.value.message) == (field, message)
