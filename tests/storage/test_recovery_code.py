from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.storage.recovery import (
    ALPHABET,
    RecoveryCodeError,
    key_from_recovery,
    new_recovery_code,
    read_recovery_code,
    seal_with_recovery,
)
from tests.storage.samples import KEY

DATABASE = "5d0f1d3e-0000-4000-8000-000000000001"
CODES = st.builds(new_recovery_code)


def test_a_code_gives_the_key_back() -> None:
    code = new_recovery_code()
    sealed = seal_with_recovery(KEY, code, DATABASE)
    assert key_from_recovery(code, sealed, DATABASE) == KEY
    assert KEY not in sealed.box


def test_a_code_is_seven_groups_of_five_and_never_the_same() -> None:
    codes = {new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    assert all([len(group) for group in code.split("-")] == [5] * 7 for code in codes)
    assert set("".join(codes)) == set(ALPHABET) | {"-"}


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"\n {code.replace('-', '——')} ",
        lambda code: code.replace("0", "O").replace("1", "I").replace("V", "U"),
        lambda code: code.replace("0", "o").replace("1", "l").replace("V", "u"),
        lambda code: "".join(chr(ord(letter) + 0xFEE0) for letter in code),
    ],
)
@given(code=CODES)
def test_the_way_a_code_is_typed_does_not_matter(typed, code: str) -> None:
    assert read_recovery_code(typed(code)) == code


@given(code=CODES, place=st.integers(0, 34), other=st.sampled_from(ALPHABET))
def test_any_one_wrong_letter_is_found_and_its_group_named(code: str, place: int, other: str) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == other:
        assert read_recovery_code("".join(letters)) == code
        return
    letters[place] = other
    with pytest.raises(RecoveryCodeError, match=f"第 {place // 5 + 1} 组有误"):
        read_recovery_code("".join(letters))


def test_any_two_letters_of_a_group_changed_about_are_found() -> None:
    code = new_recovery_code()
    letters = code.replace("-", "")
    for group, (one, other) in product(range(7), ((a, b) for a in range(5) for b in range(a))):
        swapped = list(letters)
        a, b = group * 5 + one, group * 5 + other
        swapped[a], swapped[b] = swapped[b], swapped[a]
        if "".join(swapped) != letters:
            with pytest.raises(RecoveryCodeError, match=f"第 {group + 1} 组"):
                read_recovery_code("".join(swapped))


@given(code=CODES, order=st.permutations(range(7)))
def test_groups_in_another_order_are_found(code: str, order: list[int]) -> None:
    groups = code.split("-")
    typed = "-".join(groups[number] for number in order)
    if order == sorted(order):
        assert read_recovery_code(typed) == code
        return
    with pytest.raises(RecoveryCodeError, match="组有误"):
        read_recovery_code(typed)


@pytest.mark.parametrize(
    ("typed", "message"),
    [("", "现在是 0 个"), ("ABCDE", "现在是 5 个"), ("é" * 35, "没有“É”"), ("恢复码", "没有“恢”")],
)
def test_what_is_no_code_is_refused_with_the_reason(typed: str, message: str) -> None:
    with pytest.raises(RecoveryCodeError, match=message) as caught:
        read_recovery_code(typed)
    assert caught.value.field == "recovery_code"


def test_another_code_and_another_database_are_refused() -> None:
    code = new_recovery_code()
    sealed = seal_with_recovery(KEY, code, DATABASE)
    with pytest.raises(RecoveryCodeError, match="不是这份数据的"):
        key_from_recovery(new_recovery_code(), sealed, DATABASE)
    with pytest.raises(RecoveryCodeError, match="不是这份数据的"):
        key_from_recovery(code, sealed, DATABASE.replace("1", "2"))
