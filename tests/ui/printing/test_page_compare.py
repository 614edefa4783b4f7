"""A printed page passes when it is the page that was sent, and not when it was shrunk, moved or lost ink."""

from __future__ import annotations

import pytest

from dispatch_app.reports.rasters import render_page
from dispatch_app.ui.printing.page_compare import DOTS_PER_INCH, compare_pages
from dispatch_app.ui.printing.print_test import compare_papers
from tests.ui.printing.papers import paper


def difference(printed: bytes, original: bytes | None = None):  # type: ignore[no-untyped-def]
    one = render_page(original or paper(), 0, DOTS_PER_INCH)
    return compare_pages(one, render_page(printed, 0, DOTS_PER_INCH))


def test_the_same_page_differs_in_nothing() -> None:
    same = difference(paper())
    assert (same.size_mm, same.place_mm, same.ink) == (0, 0, 0)
    assert same.acceptable


def test_a_page_shrunk_by_three_per_cent_is_caught_by_its_place() -> None:
    shrunk = difference(paper(scale=0.97))
    assert shrunk.place_mm > 3
    assert not shrunk.acceptable


def test_another_paper_size_is_caught() -> None:
    turned = difference(paper(lying=True))
    assert turned.size_mm == pytest.approx(87, abs=1)
    assert not turned.acceptable


def test_an_empty_page_is_caught() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    empty = Canvas(file, pagesize=(595.28, 841.89))
    empty.showPage()
    empty.save()
    assert not difference(file.getvalue()).acceptable


def test_other_ink_in_the_same_frame_is_seen() -> None:
    assert difference(paper(mark="8888888888888")).ink > difference(paper()).ink


def test_a_page_too_few_is_no_comparison() -> None:
    assert compare_papers(paper(2), paper(1)) is None
    differences = compare_papers(paper(2), paper(2))
    assert differences is not None
    assert [one.acceptable for one in differences] == [True, True]
