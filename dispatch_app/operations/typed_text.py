"""What people type or paste, without what nobody can see: it hides in rows and keeps papers from printing."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
_HIDDEN = frozenset("\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks without width, and those that turn the direction of writing; a joiner within an emoji stays."""
_NO_TEXT = ("Cc", "Cs")
"""Control characters, and halves of characters that no file can hold."""


def clean(text: str) -> str:
    """`text` without invisible characters and without blanks around it; nothing that shows is touched.

    Line ends become line feeds; a tab stays one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        sign
        for sign in lines
        if sign in _KEPT or (sign not in _HIDDEN and unicodedata.category(sign) not in _NO_TEXT)
    )
    return "".join(seen).strip()
