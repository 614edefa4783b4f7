from __future__ import annotations

import pytest

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.paper import A4, Paper, Style
from dispatch_app.reports.tables import Cell, Column, Flow, Table, row
from tests.reports.pdf import characters, lines, page_texts, solid, strokes, text

COLUMNS = (Column("编号", 1, "centre"), Column("说明", 3), Column("金额", 1, "right"))
LEFT, TOP, RIGHT, BOTTOM = 50.0, 50.0, 450.0, 350.0


def flow() -> Flow:
    return Flow(Paper(A4, "样张", "安宁网盛信息技术有限公司", FontSet()), LEFT, TOP, RIGHT, BOTTOM)


def rows(count: int) -> list:
    return [row(f"N{number}", "机房停电", "2,000.00") for number in range(1, count + 1)]


def test_headings_repeat_on_every_page() -> None:
    where = flow()
    Table(where, COLUMNS).draw(rows(60))
    pages = [solid(page) for page in page_texts(where.paper.pdf())]
    assert len(pages) > 3
    assert all(page.startswith("编号说明金额") for page in pages)
    assert sum(page.count("机房停电") for page in pages) == 60


def test_a_table_without_headings_repeats_none() -> None:
    where = flow()
    Table(where, (Column("", 1), Column("", 2), Column("", 1))).draw(rows(40))
    assert page_texts(where.paper.pdf())[1].startswith("N")


def test_nothing_is_drawn_beyond_the_flow() -> None:
    where = flow()
    Table(where, COLUMNS).draw(rows(60))
    pdf = where.paper.pdf()
    for page in range(len(page_texts(pdf))):
        assert max(each.y for each in characters(pdf, page)) < BOTTOM
        assert max(each.bottom for each in strokes(pdf, page)) < BOTTOM + 2
        assert min(each.left for each in strokes(pdf, page)) > LEFT - 2
        assert max(each.right for each in strokes(pdf, page)) < RIGHT + 2


def test_text_stands_left_centred_or_right_in_its_column() -> None:
    where = flow()
    Table(where, COLUMNS).draw([row("中", "左", "右")])
    found = {each.text: each.x for each in characters(where.paper.pdf(), 0)}
    # Columns of 80, 240 and 80 points; 3.5 points stand between a text and its rule.
    assert found["中"] + 8.5 / 2 == pytest.approx(LEFT + 40, abs=0.1)
    assert found["左"] == pytest.approx(LEFT + 80 + 3.5, abs=0.1)
    assert found["右"] + 8.5 == pytest.approx(RIGHT - 3.5, abs=0.1)


def test_a_cell_may_span_columns_and_overrule_their_alignment_and_type() -> None:
    where = flow()
    cell = Cell("跨", 2, align="right", style=Style(Role.BODY, 12))
    Table(where, COLUMNS).draw([row(cell, "")])
    (found,) = [each for each in characters(where.paper.pdf(), 0) if each.text == "跨"]
    assert found.size == pytest.approx(12)
    assert found.x + 12 == pytest.approx(LEFT + 320 - 3.5, abs=0.1)


def test_a_row_taller_than_what_is_left_begins_the_next_page() -> None:
    where = flow()
    where.y = BOTTOM - 80
    tall = row("N2", "停电\n" * 5 + "停电", "")
    Table(where, COLUMNS).draw([*rows(1), tall, *rows(1)])
    pages = page_texts(where.paper.pdf())
    assert "N2" not in pages[0]
    assert pages[1].count("停电") >= 6


def test_a_row_taller_than_a_page_is_divided_without_loss() -> None:
    where = flow()
    words = "".join(f"第{number}项。" for number in range(500))
    Table(where, COLUMNS).draw([row("N1", words, "2,000.00")])
    pages = [solid(page) for page in page_texts(where.paper.pdf())]
    assert len(pages) > 2
    assert all(page.startswith("编号说明金额") for page in pages)
    everything = "".join(page.removeprefix("编号说明金额") for page in pages)
    assert everything.replace("N1", "").replace("2,000.00", "") == words


@pytest.mark.parametrize("left", [0, 3, 6, 10, 14, 18, 22])
def test_a_divided_row_finds_no_place_where_not_one_line_fits(left) -> None:
    where = flow()
    long = row("", "停电。" * 2000, "")
    head = 14.9  # of the heading and of a row of one line
    where.y = BOTTOM - 2 * head - left
    Table(where, COLUMNS).draw([row("N1", "机房停电", ""), long])
    pdf = where.paper.pdf()
    assert all(max(lines(pdf, page)) < BOTTOM for page in range(len(page_texts(pdf))))
    assert text(pdf).count("停电。") == 2000


def test_a_heading_takes_its_first_row_along_to_the_next_page() -> None:
    where = flow()
    where.y = BOTTOM - 20
    Table(where, COLUMNS).draw(rows(1))
    pages = page_texts(where.paper.pdf())
    assert pages[0] == ""
    assert "N1" in pages[1]


def test_the_last_row_takes_the_one_before_along_to_the_next_page() -> None:
    for count in range(2, 45):
        where = flow()
        Table(where, COLUMNS).draw([*rows(count), row(Cell("合计", 2), "1.00")])
        last = page_texts(where.paper.pdf())[-1]
        assert f"N{count}" in last
        assert "合计" in last


def test_room_for_handwriting_is_kept() -> None:
    where = flow()
    Table(where, COLUMNS).draw([row("N1", "", "", min_height=90)])
    assert where.y == pytest.approx(TOP + 14.9 + 90, abs=0.1)


def test_a_text_over_the_full_width_is_broken_and_aligned() -> None:
    where = flow()
    style = Style(Role.BODY, 10)
    where.text("安宁市电子政务网络", style, "right")
    where.text("故" * 50, style)
    standing = lines(where.paper.pdf(), 0)
    assert [len(line) for line in standing.values()] == [9, 40, 10]
