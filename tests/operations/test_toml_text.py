"""A file of the product that is damaged says where."""

from __future__ import annotations

import pytest

from dispatch_app.operations.toml_text import TomlError, parse_toml


def test_a_good_file_is_read_also_with_a_mark_at_its_head() -> None:
    assert parse_toml(b"a = 1\n") == parse_toml(b"\xef\xbb\xbfa = 1\n") == {"a": 1}


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"a = 1\nb == 2\n", "第 2 行第 4 列"),
        ("a = 1\n\n名 = ".encode() + b"\xff\n", "第 3 行不是 TOML：不是 UTF-8"),
        (b"\x00\x00", "第 1 行第 1 列"),
        (b"a = 1\nb = [1,\n", "文件末尾"),
        (b'a = "x', "文件末尾"),
    ],
)
def test_a_damaged_file_names_the_line(content: bytes, where: str) -> None:
    with pytest.raises(TomlError) as caught:
        parse_toml(content)
    assert where in caught.value.problem
