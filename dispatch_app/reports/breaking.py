"""Breaks Chinese text into lines.

The rules are those of GB/T 15834-2011, 5.1: no closing or pausing mark begins a line, no opening one ends it,
—— and …… are not torn apart; numbers and Latin words stay whole. Where a break falls badly the line is first
squeezed (a full-width mark may give up half its em), else its last piece is pushed to the next line, and what
is then missing is spread between the pieces. Pure: widths come from the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CLOSING = "，。、；：！？）》〉】〕〗〙」』’”〞｝］"
_OPENING = "（《〈【〔〖〘「『‘“〝｛［"
_PAUSING = "·・‧–～~％%‰℃℉°′″々〻ー／/．.,:;!?)]}>'-−"
_LEADING = "￥¥$£＄￡#＃№@＠([{<／/"
NEVER_FIRST = frozenset(_CLOSING + _PAUSING)
NEVER_LAST = frozenset(_OPENING + _LEADING)
_SQUEEZED_RIGHT = frozenset(_CLOSING)
_SQUEEZED_LEFT = frozenset(_OPENING)

_MAX_SQUEEZE_EM = 0.5
_FULL_WIDTH_EM = 0.9
# Readers of PDF (pdftotext, PDFium) take a gap of a tenth of an em for a space nobody typed: a line that a
# long word left short is spread no further than this and keeps a ragged edge.
_MAX_SPREAD_EM = 0.09
# More room than this left by a long word is worth squeezing the next piece in.
_WORTH_SQUEEZING_EM = 1.0
_TOLERANCE_EM = 1e-6
_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"
_PIECES = (
    r"[一二三四五六七八九十]+\.[0-9]+(?:\([0-9]+\))?|"  # clauses of the contract
    rf"[+\-−±]?[{_LETTER}]+(?:[.,:;/\\_\-–−'@&+*=~#%×][{_LETTER}]+)*\+*"  # numbers, Latin words, type names
    r"|—+|…+|\s|."
)

Advance = Callable[[str], float]
"""Width of one character in ems."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters one after the other from `x` (points from the line's start), `spacing` points between."""

    x: float
    text: str
    spacing: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line. The texts of all lines, joined, are the text that was broken.

    Attributes:
        text: What it holds, with the spaces at its end, which hang over the edge.
        width: What can be seen of it, in points.
        runs: Its characters in place.
    """

    text: str
    width: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never torn apart; widths in ems. `give` is what it may lose, on the left if `from_left`."""

    text: str
    width: float
    advances: tuple[float, ...]
    space: bool
    breakable: bool  # whether a line may begin with it
    give: float
    from_left: bool


def break_lines(
    text: str,
    advance: Advance,
    size: float,
    width: float,
    *,
    first_indent: float = 0.0,
    justify: bool = True,
    whole: Sequence[str] = (),
) -> list[Line]:
    """Break one paragraph (without line feeds) into lines.

    Args:
        advance: Width of a character in ems.
        size: Type size in points.
        width: Room for a line in points.
        first_indent: What the first line stands back by, in points.
        justify: Spread each line but the last to the full width.
        whole: Words that are not torn apart.

    Returns:
        At least one line, an empty one for an empty text. A single piece wider than the line is torn apart.
    """
    room = width / size
    pieces = _pieces(text, advance, room, whole)
    lines: list[Line] = []
    start = 0
    while start < len(pieces) or not lines:
        limit = room - (0 if lines else first_indent / size)
        end = _line_end(pieces, start, limit)
        lines.append(_set(pieces[start:end], limit, size, justify and end < len(pieces)))
        start = end
    return lines


def balance(text: str, advance: Advance, size: float, width: float, whole: Sequence[str] = ()) -> list[Line]:
    """Break a title into as few lines as it needs, of about equal length."""
    lines = break_lines(text, advance, size, width, justify=False, whole=whole)
    best = lines
    narrower = width - size / 2
    while len(lines) > 1 and narrower > width / 2:
        lines = break_lines(text, advance, size, narrower, justify=False, whole=whole)
        if len(lines) > len(best):
            break
        best = lines
        narrower -= size / 2
    return best


def _pieces(text: str, advance: Advance, room: float, whole: Sequence[str]) -> list[_Piece]:
    """The pieces of `text`. What no line can hold together with the marks that cling to it is torn apart."""
    pieces = _marked(_words(text, whole), advance)
    words: list[str] = []
    begin = 0
    for end in range(1, len(pieces) + 1):
        if end < len(pieces) and not pieces[end].breakable:
            continue
        part = pieces[begin:end]
        if sum(piece.width for piece in part if not piece.space) > room:
            words += "".join(piece.text for piece in part)
        else:
            words += [piece.text for piece in part]
        begin = end
    return pieces if len(words) == len(pieces) else _marked(words, advance)


def _words(text: str, whole: Sequence[str]) -> list[str]:
    longest_first = sorted(filter(None, whole), key=len, reverse=True)
    pattern = "|".join([*map(re.escape, longest_first), _PIECES])
    words: list[str] = []
    for word in re.findall(pattern, text, re.DOTALL):
        if words and unicodedata.combining(word[0]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _marked(words: Sequence[str], advance: Advance) -> list[_Piece]:
    """The pieces, each with whether a line may begin with it."""
    pieces: list[_Piece] = []
    quotes, before = 0, ""
    for word in words:
        opening_quote = word == '"' and quotes % 2 == 0
        quotes += word == '"'
        closing_quote = word == '"' and not opening_quote
        may_begin = before not in NEVER_LAST and not _never_first(word) and not closing_quote
        pieces.append(_piece(word, advance, may_begin))
        if not word.isspace():
            # An opening mark keeps what follows it, whatever spaces stand between.
            before = "(" if opening_quote else word[-1]
    return pieces


def _never_first(piece: str) -> bool:
    return piece[0] in NEVER_FIRST or piece == "—" or piece.isspace()


def _piece(text: str, advance: Advance, breakable: bool) -> _Piece:
    advances = tuple(map(advance, text))
    full_width = len(text) == 1 and advances[0] >= _FULL_WIDTH_EM
    from_left = full_width and text in _SQUEEZED_LEFT
    give = _MAX_SQUEEZE_EM if from_left or (full_width and text in _SQUEEZED_RIGHT) else 0.0
    return _Piece(text, sum(advances), advances, text.isspace(), breakable, give, from_left)


def _line_end(pieces: Sequence[_Piece], start: int, limit: float) -> int:
    """Index after the last piece of the line that begins with piece `start`."""
    fit, squeezed = 0, 0
    fit_width = natural = give = 0.0
    spaces = 0.0
    full = len(pieces)
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.space:
            spaces += piece.width
        else:
            natural += spaces + piece.width
            spaces = 0.0
            give += piece.give if index > start or not piece.from_left else 0.0
        after = index + 1
        may_end = after == len(pieces) or pieces[after].breakable
        if natural <= limit + _TOLERANCE_EM:
            if may_end:
                fit, fit_width = after, natural
        else:
            full = min(full, index)
            if natural - give > limit + _TOLERANCE_EM:
                break
            if may_end:
                squeezed = after
                break
    if fit == len(pieces) or (fit == full and limit - fit_width < _WORTH_SQUEEZING_EM):
        return fit
    return squeezed or fit or max(full, start + 1)


def _set(pieces: Sequence[_Piece], limit: float, size: float, justify: bool) -> Line:
    """Place the characters of one line: squeeze what is too long, spread what is too short."""
    visible = len(pieces)
    while visible and pieces[visible - 1].space:
        visible -= 1
    natural = sum(piece.width for piece in pieces[:visible])
    losses = _losses(pieces[:visible], natural - limit)
    spread = 0.0
    if justify and natural < limit and visible > 1:
        spread = min((limit - natural) / (visible - 1), _MAX_SPREAD_EM)
    runs = _runs(pieces, losses, spread, visible, size)
    width = natural - sum(losses) + spread * max(visible - 1, 0)
    return Line("".join(piece.text for piece in pieces), width * size, runs)


def _losses(pieces: Sequence[_Piece], excess: float) -> list[float]:
    """What each piece gives up so that `excess` ems are saved: the mark at the line's end first."""
    losses = [0.0] * len(pieces)
    if excess <= _TOLERANCE_EM:
        return losses
    gives = [0.0 if index == 0 and piece.from_left else piece.give for index, piece in enumerate(pieces)]
    losses[-1] = min(gives[-1], excess)
    rest = excess - losses[-1]
    others = sum(gives[:-1])
    if others:
        share = min(rest / others, 1.0)
        losses[:-1] = [give * share for give in gives[:-1]]
    return losses


def _runs(
    pieces: Sequence[_Piece], losses: Sequence[float], spread: float, visible: int, size: float
) -> tuple[Run, ...]:
    places: list[tuple[str, float, float]] = []  # character, x, where the next one would stand, in ems
    x = 0.0
    for index, piece in enumerate(pieces):
        loss = losses[index] if index < visible else 0.0
        pen = x - loss if piece.from_left else x
        for character, advance in zip(piece.text, piece.advances, strict=True):
            places.append((character, pen, pen + advance))
            pen += advance
        x += piece.width - loss + (spread if index < visible - 1 else 0.0)
    runs: list[Run] = []
    begin = 0
    while begin < len(places):
        end = begin + 1
        spacing = 0.0
        while end < len(places):
            gap = places[end][1] - places[end - 1][2]
            if end == begin + 1:
                spacing = gap
            elif abs(gap - spacing) > _TOLERANCE_EM:
                break
            end += 1
        text = "".join(place[0] for place in places[begin:end])
        runs.append(Run(places[begin][1] * size, text, spacing * size))
        begin = end
    return tuple(runs)
