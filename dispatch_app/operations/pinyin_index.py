"""How a site's name is typed: its pinyin and its initials, for every way a character can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_READINGS = 12
"""So many spellings are kept of one name; the usual one is always the first."""


def fold(text: str) -> str:
    """Text as it is compared: full-width forms narrowed, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of a name as syllables, the usual one first, then those differing in one character.

    A character of many readings (长, 重, 厦) is varied alone: nobody types two rare readings in one name.
    """
    # Only a new or renamed site is spelled, and the tables take a tenth of a second to load.
    from pypinyin import Style, lazy_pinyin, pinyin

    characters = [character for character in fold(name) if character.isalnum()]
    # Latin letters and digits stand for themselves, one a syllable.
    usual = " ".join(lazy_pinyin("".join(characters), style=Style.NORMAL, errors=" ".join)).split()
    found = [tuple(usual)]
    for position, character in enumerate(characters):
        for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            found.append((*usual[:position], fold(reading), *usual[position + 1 :]))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def index(name: str) -> tuple[str, str]:
    """(initials, full pinyin) of a name; the candidates of each separated by spaces, the usual one first."""
    readings = spellings(name)
    return (
        _joined("".join(syllable[0] for syllable in reading) for reading in readings),
        _joined("".join(reading) for reading in readings),
    )


def merged(*candidates: str) -> str:
    """Several lists of candidates, separated by spaces, as one without repeats, in order."""
    return " ".join(dict.fromkeys(" ".join(candidates).split()))


def rank(text: str, name: str, initials: str, full: str) -> int | None:
    """How well folded `text` names a site: smaller is better, None for not at all.

    A prefix is better than a fragment, and the name itself better than its spelling.
    """
    own = fold(name)
    if text == own:
        return 0
    candidates = ((own,), tuple(initials.split()), tuple(full.split()))
    for order, spelled in enumerate(candidates, start=1):
        if any(candidate.startswith(text) for candidate in spelled):
            return order
    for order, spelled in enumerate(candidates, start=4):
        if any(text in candidate for candidate in spelled):
            return order
    return None


def _joined(candidates: Iterable[str]) -> str:
    return " ".join(list(dict.fromkeys(candidates))[:MAX_READINGS])
