from __future__ import annotations

import threading

import pytest

from dispatch_app.reports.rasters import page_count, render_page
from dispatch_app.reports.special_report import render_special_report
from dispatch_app.reports.tally_sheet import render_tally
from tests.reports.sheets import special_report, tally


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_special_report(special_report())


def test_pages_are_counted(pdf) -> None:
    assert page_count(pdf) == 2


@pytest.mark.parametrize(("dpi", "width", "height"), [(72, 596, 842), (150, 1241, 1754)])
def test_a_page_becomes_four_bytes_a_pixel_at_the_density_asked_for(pdf, dpi, width, height) -> None:
    raster = render_page(pdf, 0, dpi)
    assert (raster.width, raster.height) == (width, height)
    assert len(raster.bgrx) == width * height * 4


def test_paper_is_white_and_the_letterhead_red(pdf) -> None:
    raster = render_page(pdf, 0, 72)
    assert raster.bgrx[:4] == b"\xff\xff\xff\xff"
    pixels = {bytes(raster.bgrx[at : at + 3]) for at in range(0, len(raster.bgrx), 4)}
    assert any(red > 200 and green < 30 and blue < 30 for blue, green, red in pixels)


def test_a_sheet_across_is_wider_than_high() -> None:
    raster = render_page(render_tally(tally()), 0, 36)
    assert raster.width > raster.height


@pytest.mark.parametrize("index", [-1, 2])
def test_a_page_that_is_not_there_is_refused(pdf, index) -> None:
    with pytest.raises(IndexError):
        render_page(pdf, index, 72)


def test_the_same_page_gives_the_same_pixels_on_every_thread(pdf) -> None:
    alone = render_page(pdf, 0, 50)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(render_page(pdf, 0, 50) == alone)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 4
