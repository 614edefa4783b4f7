"""Text as the search index keeps it, and what a person types as a question to that index.

Chinese has no spaces, and people type fragments of one or two characters. SQLite's `unicode61` takes a whole
run of characters for one word, and `trigram` finds nothing shorter than three. So the index holds single
characters (`ones`) and overlapping pairs (`twos`): one character is looked up as it is, more of them as the
phrase of their pairs. Not as a phrase of single characters: 网 stands in nearly every fault, 专网 in
far fewer, and a phrase costs what the rarest of its words costs.

A word is the hexadecimal code points of its characters. So nothing of what was typed reaches the query
language of FTS5 or the tokenizer's tables of Unicode: there is nothing to quote, and nothing to quote
wrongly. Characters that are no letters or digits (the dash of a number, the spaces of a telephone) are left
out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dispatch_app.operations.pinyin_index import fold

LONGEST = 200
"""So many characters of a question count; nobody types more by hand."""
MOST_TERMS = 24


def indexed(texts: Iterable[str]) -> tuple[str, str]:
    """(`ones`, `twos`) of the texts of one fault; no pair reaches from one text into the next."""
    singles: dict[str, None] = {}
    pairs: list[str] = []
    for text in texts:
        letters = _letters(text)
        singles.update(dict.fromkeys(letters))
        pairs.extend(_pairs(letters))
    return " ".join(map(_word, singles)), " ".join(pairs)


def question(text: str) -> str | None:
    """What FTS5 is asked for a typed text: every part between spaces must occur.

    None where nothing that could occur was typed: blanks ask for nothing, signs alone are never found.
    """
    terms = [letters for part in text[:LONGEST].split() if (letters := _letters(part))]
    return " AND ".join(map(_term, dict.fromkeys(terms[:MOST_TERMS]))) or None


def _term(letters: str) -> str:
    if len(letters) == 1:
        return f'ones : "{_word(letters)}"'
    return f'twos : "{" ".join(_pairs(letters))}"'


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _pairs(letters: str) -> list[str]:
    return [_word(letters[place : place + 2]) for place in range(len(letters) - 1)]


@lru_cache(maxsize=1 << 16)
def _word(letters: str) -> str:
    # The x keeps the code points of a pair apart.
    return "x".join(f"{ord(letter):x}" for letter in letters)
