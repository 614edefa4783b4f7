"""Reads one TOML table key by key and says exactly what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dispatch_app.contract.errors import KnownError


class TermsFileError(KnownError):
    """A file of the contract, roster or sites cannot be used.

    Attributes:
        file, key: Where; the key with its tables, such as `term.last`.
    """

    def __init__(self, file: str, key: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file} 中 {key} {problem}", remedy)
        self.file = file
        self.key = key


class Table:
    """One table of a file; `finish` complains about keys nobody asked for."""

    def __init__(self, mapping: object, file: str, prefix: str = "") -> None:
        self._file = file
        self._prefix = prefix
        if not isinstance(mapping, Mapping):
            raise TermsFileError(
                file, prefix.rstrip(".") or "（全文）", "不是一张表", "改写成 [表名] 加 键 = 值"
            )
        self._mapping: Mapping[str, Any] = mapping
        self._seen: set[str] = set()

    def error(self, key: str, problem: str, remedy: str) -> TermsFileError:
        """The error about one key of this table, to be raised by the caller."""
        return TermsFileError(self._file, self._prefix + key, problem, remedy)

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._mapping

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self._get(key, "一张表"), self._file, f"{self._prefix}{key}.")

    def tables(self, key: str) -> tuple[Table, ...]:
        """An array of tables; each is named by its place, from 1."""
        values = self._get(key, "若干张表")
        if not isinstance(values, list):
            raise self.error(key, "不是若干张表", f"每一条写成 [[{key}]]")
        return tuple(
            Table(value, self._file, f"{self._prefix}{key}[{place}].")
            for place, value in enumerate(values, start=1)
        )

    def text(self, key: str, default: str | None = None) -> str:
        """Text that is not empty; `default` where the key may be left out."""
        if default is not None and key not in self._mapping:
            self._seen.add(key)
            return default
        value = self._get(key, "一段文字")
        if not isinstance(value, str) or not (value.strip() or default == ""):
            raise self.error(key, "不是文字或为空", '写成带引号的文字，例如 "安宁"')
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, possibly empty, each of them not."""
        values = self._get(key, "一列文字")
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.error(key, "不是一列文字", '写成 ["甲", "乙"]')
        return tuple(value.strip() for value in values)

    def whole(self, key: str) -> int:
        """A whole number above 0."""
        value = self._get(key, "一个整数")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error(key, "不是正整数", "写成不带引号的正整数")
        return value

    def number(self, key: str, lowest: float, highest: float) -> float | None:
        """A number within bounds, None where the key is left out."""
        self._seen.add(key)
        value = self._mapping.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not lowest <= value <= highest:
            raise self.error(key, f"不是 {lowest:g} 到 {highest:g} 之间的数", "改正数值，或删去此键表示待定")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false, false where the key is left out."""
        self._seen.add(key)
        value = self._mapping.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, "不是 true 或 false", "写成 true 或 false，不带引号")
        return value

    def money(self, key: str) -> Decimal:
        """A sum in yuan with at most two decimals, written as text so that no binary fraction creeps in."""
        value = self._get(key, "一个金额")
        whole, _, cents = value.partition(".") if isinstance(value, str) else ("", "", "")
        if (
            not (whole + cents).isascii()
            or not whole.isdigit()
            or len(cents) > 2
            or not (cents or "0").isdigit()
        ):
            raise self.error(key, "不是金额", '写成带引号、至多两位小数的数，例如 "2000.00"')
        return Decimal(str(value)).quantize(Decimal("0.01"))

    def day(self, key: str) -> date:
        """A calendar day."""
        value = self._get(key, "一个日期")
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error(key, "不是日期", "写成不带引号的 2024-03-01")
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of a few words."""
        value = self._get(key, "一个选项")
        if value not in allowed:
            raise self.error(key, f"的值 {value!r} 不认识", "改成其中之一：" + "、".join(allowed))
        return str(value)

    def finish(self) -> None:
        """Refuse keys that were not asked for: a misspelt key must not be ignored in silence.

        Raises:
            TermsFileError: There is one.
        """
        for key in self._mapping:
            if key not in self._seen:
                raise self.error(key, "不认识", "检查拼写，或删去此键")

    def _get(self, key: str, kind: str) -> Any:
        self._seen.add(key)
        if key not in self._mapping:
            raise self.error(key, "缺失", f"补上 {key}，应为{kind}")
        return self._mapping[key]
