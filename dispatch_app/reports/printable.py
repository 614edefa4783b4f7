"""Which characters can be printed, and the refusal of those that cannot, before anything prints."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.fonts import FontSet, Role

_BLANKS = {"\u00a0": " ", "\t": " "}
_LISTED = 20
# Control and format characters, private use, surrogates, line separators: nothing to be seen on paper.
_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def tidy(text: str) -> str:
    """`text` with line ends as line feeds, and tabs and fixed spaces as spaces; nothing else is touched."""
    for blank, plain in _BLANKS.items():
        text = text.replace(blank, plain)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Field(NamedTuple):
    """A text a person typed: name of the sheet's attribute, Chinese name on the form, the text."""

    name: str
    label: str
    text: str


def refuse_unprintable(fields: Iterable[Field], fonts: FontSet) -> None:
    """Check every character of `fields`.

    Raises:
        KnownError: Lists each character no font has, with its code point and its field; `field` is the first
            such field's attribute name.
    """
    from dispatch_app.reports.typefaces import typeface

    face = typeface(Role.BODY, fonts)
    refused: dict[str, str] = {}
    for field in fields:
        for character in dict.fromkeys(tidy(field.text).replace("\n", "")):
            if character not in face or unicodedata.category(character) in _INVISIBLE:
                refused.setdefault(f"{field.label}中的{_described(character)}", field.name)
    if refused:
        more = f"等{len(refused)}处" if len(refused) > _LISTED else ""
        listed = "、".join(list(refused)[:_LISTED])
        raise KnownError(
            f"字体中没有以下字符，无法打印：{listed}{more}",
            "请改用可打印的字符后再打印",
            next(iter(refused.values())),
        )


def _described(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character) in _INVISIBLE:
        return f"不可见字符（{code}）"
    return f"“{character}”（{code}）"
