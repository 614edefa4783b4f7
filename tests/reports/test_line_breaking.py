"""GB/T 15834-2011, 5.1, over made-up Chinese text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.reports.breaking import NEVER_FIRST, NEVER_LAST, Line, balance, break_lines

SIZE = 15.79
HANZI = "安宁市电子政务网络故障维修机房交换机禄脿街道办事处接报派单响应到场确认专报违约结算光缆熔接"
SPREAD_LIMIT = 0.09 * SIZE


def advance(character: str) -> float:
    if character == " ":
        return 0.25
    return 0.55 if ord(character) < 0x2000 else 1.0


hanzi = st.text(HANZI, min_size=1, max_size=12)
words = st.one_of(
    st.integers(0, 10**8).map(str),
    st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount:,}"),
    st.from_regex(r"[A-Z][A-Za-z0-9]{1,6}(-[A-Z0-9]{2,4})?", fullmatch=True),
    st.sampled_from(
        ["2026-03-05", "14:05", "0871-68686833", "192.168.1.1/24", "10/100/1000BASE-T", "S5130S", "36.5"]
    ),
)
bonds = st.sampled_from(["——", "……"])
plain = st.one_of(hanzi, words, st.tuples(hanzi, words, hanzi).map("".join))
quoted = st.tuples(
    st.sampled_from(["（）", "“”", "《》", "〔〕", "【】", "‘’"]), plain, st.sampled_from(["", "：“现场”"])
).map(lambda parts: parts[0][0] + parts[1] + parts[2] + parts[0][1])
clauses = st.tuples(
    st.lists(st.one_of(plain, quoted, st.tuples(hanzi, bonds, hanzi).map("".join)), min_size=1, max_size=4),
    st.sampled_from("，。；：！？、"),
).map(lambda parts: "".join(parts[0]) + parts[1])
texts = st.lists(clauses, min_size=1, max_size=14).map("".join)
widths = st.floats(14, 40).map(lambda ems: ems * SIZE)
any_text = st.text(HANZI + "，。：）（“”《》—…· aB3.,-%￥/\"'", max_size=120)
KEPT_WHOLE = re.compile(r"[0-9A-Za-z]+(?:[.,:/-][0-9A-Za-z]+)*|—+|…+")


def joined(lines: list[Line]) -> str:
    return "".join(line.text for line in lines)


def cuts(lines: list[Line]) -> list[int]:
    """Where the text was cut, as offsets into it."""
    offsets, total = [], 0
    for line in lines[:-1]:
        total += len(line.text)
        offsets.append(total)
    return offsets


def gaps(line: Line) -> list[float]:
    """The space between each character and the next, in points."""
    places = []
    for run in line.runs:
        x = run.x
        for character in run.text:
            places.append((x, x + advance(character) * SIZE))
            x = places[-1][1] + run.spacing
    return [after[0] - before[1] for before, after in pairwise(places)]


def room_taken(line: Line) -> float:
    """Where the last visible character ends, from the places of the characters."""
    right = 0.0
    for run in line.runs:
        x = run.x
        for character in run.text:
            if character != " ":
                right = max(right, x + advance(character) * SIZE)
            x += advance(character) * SIZE + run.spacing
    return right


@given(texts, widths)
def test_the_joined_lines_are_the_text(text, width) -> None:
    lines = break_lines(text, advance, SIZE, width, first_indent=2 * SIZE)
    assert joined(lines) == text
    assert ["".join(run.text for run in line.runs) for line in lines] == [line.text for line in lines]


@given(texts, widths)
def test_no_line_begins_with_a_mark_that_may_not(text, width) -> None:
    for line in break_lines(text, advance, SIZE, width)[1:]:
        assert line.text[0] not in NEVER_FIRST
        assert not re.match(r"—(?!—)", line.text)


@given(texts, widths)
def test_no_line_ends_with_a_mark_that_may_not(text, width) -> None:
    for line in break_lines(text, advance, SIZE, width)[:-1]:
        assert line.text.rstrip()[-1] not in NEVER_LAST


@given(texts, widths)
def test_words_numbers_dashes_and_dots_stay_whole(text, width) -> None:
    places = cuts(break_lines(text, advance, SIZE, width))
    for whole in KEPT_WHOLE.finditer(text):
        # Up to four marks cling to a word, and what no line holds together with them is torn.
        if (sum(map(advance, whole.group())) + 4) * SIZE > width:
            continue
        assert not [cut for cut in places if whole.start() < cut < whole.end()], whole.group()


@given(texts, widths)
def test_no_line_is_wider_than_its_room(text, width) -> None:
    for line in break_lines(text, advance, SIZE, width):
        assert line.width <= width + 0.001
        # A mark squeezed at the end may hang over with its blank half.
        assert room_taken(line) <= width + SIZE / 2 + 0.001


@given(texts, widths)
def test_every_line_but_the_last_is_spread_to_the_edge_or_as_far_as_may_be(text, width) -> None:
    for line in break_lines(text, advance, SIZE, width)[:-1]:
        if KEPT_WHOLE.fullmatch(line.text):
            continue  # a single word has nothing to be spread
        widest = max(gaps(line), default=SPREAD_LIMIT)
        assert line.width == pytest.approx(width) or widest == pytest.approx(SPREAD_LIMIT)
        assert widest <= SPREAD_LIMIT + 0.001


@given(any_text, st.floats(1, 30).map(lambda ems: ems * SIZE))
def test_whatever_is_typed_is_set_without_loss(text, width) -> None:
    lines = break_lines(text, advance, SIZE, width)
    assert joined(lines) == text
    assert all(line.width <= width + 0.001 for line in lines)


@given(texts, widths)
def test_a_line_not_justified_is_never_spread(text, width) -> None:
    for line in break_lines(text, advance, SIZE, width, justify=False):
        assert all(gap <= 0.001 for gap in gaps(line))


def test_a_mark_that_would_begin_a_line_is_squeezed_into_the_one_before() -> None:
    # Ten ems hold nine characters and the bracket; the comma finds its em in three marks' blank halves.
    text = "（安宁）故障，确认故，障已排除"
    first, second = break_lines(text, advance, SIZE, 10 * SIZE)
    assert (first.text, second.text) == ("（安宁）故障，确认故，", "障已排除")
    assert first.width == pytest.approx(10 * SIZE)


def test_where_squeezing_is_not_enough_the_last_character_is_pushed_on_and_the_line_spread() -> None:
    first, second = break_lines("安宁市电子政务网络，故障", advance, SIZE, 9 * SIZE)
    assert (first.text, second.text) == ("安宁市电子政务网", "络，故障")
    assert [run.spacing for run in first.runs] == [pytest.approx(SPREAD_LIMIT)]


def test_an_opening_mark_goes_to_the_next_line_with_what_it_opens() -> None:
    lines = break_lines("安宁市电子政务网络（机房）", advance, SIZE, 10 * SIZE)
    assert [line.text for line in lines] == ["安宁市电子政务网络", "（机房）"]


@pytest.mark.parametrize("bond", ["——", "……"])
def test_a_double_mark_is_not_torn_apart(bond) -> None:
    lines = break_lines(f"安宁市电子政务网络{bond}机房", advance, SIZE, 10 * SIZE)
    assert [line.text for line in lines] == ["安宁市电子政务网络", f"{bond}机房"]


def test_the_number_of_a_clause_is_not_torn_apart() -> None:
    lines = break_lines("四.6与八.1(4)重叠", advance, SIZE, 6 * SIZE)
    assert [line.text for line in lines] == ["四.6与", "八.1(4)重叠"]


def test_room_left_by_a_long_word_is_worth_squeezing_the_word_in() -> None:
    # After 安宁，网络：故障， 3.85 ems are missing 0.85; the three marks give 1.5.
    text = "安宁，网络：故障，S5130SA机房"
    assert break_lines(text, advance, SIZE, 12 * SIZE)[0].text == "安宁，网络：故障，S5130SA"


def test_a_word_longer_than_the_line_is_torn_apart() -> None:
    lines = break_lines("X" * 40, advance, SIZE, 10 * SIZE)
    assert [len(line.text) for line in lines] == [18, 18, 4]


def test_a_word_that_leaves_no_room_for_its_mark_is_torn_rather_than_the_mark_set_alone() -> None:
    lines = break_lines("故障" + "X" * 18 + "，排除", advance, SIZE, 10 * SIZE)
    assert [line.text for line in lines] == ["故障" + "X" * 14, "XXXX，排除"]


def test_spaces_hang_at_the_end_of_a_line() -> None:
    lines = break_lines("H3C S5130 交换机", advance, SIZE, 5 * SIZE)
    assert [line.text for line in lines] == ["H3C S5130 ", "交换机"]
    assert lines[0].width == pytest.approx((3 * 0.55 + 0.25 + 5 * 0.55 + 2 * 0.09) * SIZE)


def test_straight_quotes_open_and_close_by_turns() -> None:
    opening = break_lines('安宁市电子"机房"与线路', advance, SIZE, 5.6 * SIZE)
    assert [line.text for line in opening] == ["安宁市电子", '"机房"与线', "路"]
    closing = break_lines('安宁市"机房"与线路', advance, SIZE, 5.6 * SIZE)
    assert [line.text for line in closing] == ['安宁市"机', '房"与线路']


def test_a_combining_mark_stays_with_its_letter() -> None:
    # Nine and a half characters: the accent counts half an em in this measure.
    lines = break_lines("安宁市电子政务e\u0301机房", advance, SIZE, 7.6 * SIZE)
    assert [line.text for line in lines] == ["安宁市电子政务", "e\u0301机房"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_lines("", advance, SIZE, 100) == [Line("", 0, ())]


def test_a_title_is_broken_into_lines_of_about_equal_length() -> None:
    title = "关于禄脿街道办事处电子政务网络机房汇聚交换机故障的专报"
    lines = balance(title, advance, 22, 442)
    assert joined(lines) == title
    assert [len(line.text) for line in lines] == [14, 13]


def test_a_title_keeps_given_words_whole() -> None:
    title = "关于禄脿街道办事处电子政务网络机房汇聚交换机故障的专报"
    lines = balance(title, advance, 22, 442, ("电子政务网络机房", "汇聚交换机"))
    assert [line.text for line in lines] == ["关于禄脿街道办事处电子政务网络机房", "汇聚交换机故障的专报"]


def test_a_title_that_fits_stays_on_one_line() -> None:
    assert [line.text for line in balance("关于更换交换机的专报", advance, 22, 442)] == [
        "关于更换交换机的专报"
    ]
