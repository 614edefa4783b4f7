"""TOML out of bytes, and where it is wrong in words a person can follow with an editor."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlError(ValueError):
    """`where`: line and column in Chinese; `what`: what is wrong there."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}{what}")
        self.where = where
        self.what = what

    @property
    def problem(self) -> str:
        """Where and what, as one."""
        return self.where + self.what


def parse_toml(content: bytes) -> dict[str, Any]:
    """The document in `content`; a byte order mark is accepted.

    Raises:
        TomlError: It is no UTF-8 or no TOML.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TomlError(f"第 {line} 行", "不是 TOML：不是 UTF-8 文本") from error
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        if found is None or found[1] is None:
            lines = content.count(b"\n") + 1
            where = f"第 {lines} 行（文件末尾）"
        else:
            where = f"第 {found[1]} 行第 {found[2]} 列"
        raise TomlError(where, f"不是 TOML：{_PLACE.sub('', str(error))}") from error
