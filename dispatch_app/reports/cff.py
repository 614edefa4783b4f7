"""Reads the cubic outlines of a CFF table, glyph by glyph.

fontTools reads them too, but first builds every glyph's name and offset, which for 31,000 glyphs costs more
than the first sheet may take; a test holds this reader against it. After Adobe Technical Notes 5176 (CFF) and
5177 (Type 2 charstrings). Hints are skipped; the arithmetic operators, which no Chinese font uses, are
refused.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

_CHARSTRINGS, _PRIVATE, _SUBRS = 17, 18, 19
_ROS, _FD_ARRAY, _FD_SELECT = (12 << 8) + 30, (12 << 8) + 36, (12 << 8) + 37
_ESCAPE, _REAL = 12, 30
_CALL_DEPTH = 12

Point = tuple[float, float]


class Segment(NamedTuple):
    """From the point before: a straight line to `points[0]`, or a cubic curve with two control points."""

    points: tuple[Point, ...]


class CubicContour(NamedTuple):
    """A closed contour, in font units."""

    start: Point
    segments: list[Segment]


class _Index:
    """An INDEX: numbered pieces of bytes, each looked up when it is asked for."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        (self.count,) = struct.unpack_from(">H", data, position)
        self._offset_size = data[position + 2] if self.count else 0
        self._offsets = position + 3
        self._base = self._offsets + (self.count + 1) * self._offset_size - 1
        self.end = self._base + self._offset(self.count) if self.count else position + 2

    def __getitem__(self, index: int) -> bytes:
        if not 0 <= index < self.count:
            raise IndexError(index)
        return self._data[self._base + self._offset(index) : self._base + self._offset(index + 1)]

    def _offset(self, index: int) -> int:
        start = self._offsets + index * self._offset_size
        return int.from_bytes(self._data[start : start + self._offset_size], "big")


class CffOutlines:
    """The outlines of one CFF table.

    Raises:
        ValueError, IndexError, KeyError, struct.error: The table is damaged.
    """

    def __init__(self, data: bytes) -> None:
        names = _Index(data, data[2])
        tops = _Index(data, names.end)
        strings = _Index(data, tops.end)
        self._global_subrs = _Index(data, strings.end)
        top = _dictionary(tops[0])
        self._charstrings = _Index(data, int(top[_CHARSTRINGS][0]))
        if _ROS in top:
            fonts = _Index(data, int(top[_FD_ARRAY][0]))
            self._subrs = [_local_subrs(data, _dictionary(fonts[index])) for index in range(fonts.count)]
            self._font_of = _font_selector(data, int(top[_FD_SELECT][0]))
        else:
            self._subrs = [_local_subrs(data, top)]
            self._font_of = lambda glyph_id: 0

    def contours(self, glyph_id: int) -> list[CubicContour]:
        """The contours of glyph `glyph_id`; none for a blank one."""
        reader = _Charstring(self._global_subrs, self._subrs[self._font_of(glyph_id)])
        reader.run(self._charstrings[glyph_id], 0)
        return reader.contours


def _dictionary(data: bytes) -> dict[int, list[float]]:
    """A DICT: operator → operands; two-byte operators as 12 × 256 + the second byte."""
    entries: dict[int, list[float]] = {}
    operands: list[float] = []
    position = 0
    while position < len(data):
        first = data[position]
        position += 1
        if first == _ESCAPE:
            entries[(first << 8) + data[position]] = operands
            operands = []
            position += 1
        elif first < 22:
            entries[first] = operands
            operands = []
        elif first == _REAL:
            while data[position] & 0x0F != 0x0F:
                position += 1
            position += 1
            # No entry that is looked at here is a real number.
            operands.append(0.0)
        elif first == 29:
            operands.append(struct.unpack_from(">l", data, position)[0])
            position += 4
        else:
            value, position = _number(data, position - 1)
            operands.append(value)
    return entries


def _number(data: bytes, position: int) -> tuple[int, int]:
    """A number in the encoding that DICTs and charstrings share, and the position after it."""
    first = data[position]
    if first == 28:
        return struct.unpack_from(">h", data, position + 1)[0], position + 3
    if first <= 246:
        return first - 139, position + 1
    second = data[position + 1]
    if first <= 250:
        return (first - 247) * 256 + second + 108, position + 2
    return -(first - 251) * 256 - second - 108, position + 2


def _local_subrs(data: bytes, font: dict[int, list[float]]) -> _Index | None:
    size, start = map(int, font[_PRIVATE])
    private = _dictionary(data[start : start + size])
    return _Index(data, start + int(private[_SUBRS][0])) if _SUBRS in private else None


def _font_selector(data: bytes, position: int) -> Callable[[int], int]:
    """Which of the table's fonts a glyph belongs to (FDSelect, formats 0 and 3)."""
    if data[position] == 0:
        return lambda glyph_id: data[position + 1 + glyph_id]
    (ranges,) = struct.unpack_from(">H", data, position + 1)
    numbers = struct.unpack_from(">" + "HB" * ranges, data, position + 3)
    firsts, fonts = numbers[::2], numbers[1::2]
    return lambda glyph_id: fonts[bisect_right(firsts, glyph_id) - 1]


class _Charstring:
    """Runs one charstring and collects its contours."""

    def __init__(self, global_subrs: _Index, local_subrs: _Index | None) -> None:
        self.contours: list[CubicContour] = []
        self._global_subrs = global_subrs
        self._local_subrs = local_subrs
        self._stack: list[float] = []
        self._x = self._y = 0.0
        self._stems = 0
        self._segments: list[Segment] = []

    def run(self, code: bytes, depth: int) -> bool:
        """Run `code`; answers whether the glyph has ended."""
        if depth > _CALL_DEPTH:
            raise ValueError("subroutines nested too deeply")
        stack, position, end = self._stack, 0, len(code)
        while position < end:
            operator = code[position]
            if operator >= 32 or operator == 28:
                if operator == 255:
                    stack.append(struct.unpack_from(">l", code, position + 1)[0] / 65536)
                    position += 5
                else:
                    value, position = _number(code, position)
                    stack.append(value)
                continue
            position += 1
            if operator in (10, 29):
                if self._call(self._local_subrs if operator == 10 else self._global_subrs, depth):
                    return True
                continue
            if operator == 11:
                return False
            if operator == 14:
                return True
            if operator in (19, 20):
                self._stems += len(stack) // 2
                position += (self._stems + 7) // 8
            elif operator == _ESCAPE:
                _FLEXES[code[position]](self)
                position += 1
            else:
                _OPERATORS[operator](self)
            stack.clear()
        return False

    def _call(self, subrs: _Index | None, depth: int) -> bool:
        if subrs is None:
            raise ValueError("a subroutine is called, but there are none")
        bias = 107 if subrs.count < 1240 else 1131 if subrs.count < 33900 else 32768
        return self.run(subrs[int(self._stack.pop()) + bias], depth + 1)

    def _move(self, dx: float, dy: float) -> None:
        self._x += dx
        self._y += dy
        self._segments = []
        self.contours.append(CubicContour((self._x, self._y), self._segments))

    def _line(self, dx: float, dy: float) -> None:
        self._x += dx
        self._y += dy
        self._segments.append(Segment(((self._x, self._y),)))

    def _curve(self, dx1: float, dy1: float, dx2: float, dy2: float, dx3: float, dy3: float) -> None:
        x1, y1 = self._x + dx1, self._y + dy1
        x2, y2 = x1 + dx2, y1 + dy2
        self._x, self._y = x2 + dx3, y2 + dy3
        self._segments.append(Segment(((x1, y1), (x2, y2), (self._x, self._y))))

    def stems(self) -> None:
        self._stems += len(self._stack) // 2

    def rmoveto(self) -> None:
        self._move(*self._stack[-2:])

    def hmoveto(self) -> None:
        self._move(self._stack[-1], 0)

    def vmoveto(self) -> None:
        self._move(0, self._stack[-1])

    def rlineto(self) -> None:
        self._lines(self._stack)

    def _lines(self, values: list[float]) -> None:
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            self._line(dx, dy)

    def _alternate(self, horizontal: bool) -> None:
        for value in self._stack:
            self._line(*((value, 0) if horizontal else (0, value)))
            horizontal = not horizontal

    def hlineto(self) -> None:
        self._alternate(True)

    def vlineto(self) -> None:
        self._alternate(False)

    def rrcurveto(self) -> None:
        self._curves(self._stack)

    def _curves(self, values: list[float]) -> None:
        for start in range(0, len(values), 6):
            self._curve(*values[start : start + 6])

    def rcurveline(self) -> None:
        self._curves(self._stack[:-2])
        self._line(*self._stack[-2:])

    def rlinecurve(self) -> None:
        self._lines(self._stack[:-6])
        self._curve(*self._stack[-6:])

    def vvcurveto(self) -> None:
        values = self._stack
        dx = values.pop(0) if len(values) % 4 else 0
        for start in range(0, len(values), 4):
            a, b, c, d = values[start : start + 4]
            self._curve(dx, a, b, c, 0, d)
            dx = 0

    def hhcurveto(self) -> None:
        values = self._stack
        dy = values.pop(0) if len(values) % 4 else 0
        for start in range(0, len(values), 4):
            a, b, c, d = values[start : start + 4]
            self._curve(a, dy, b, c, d, 0)
            dy = 0

    def _turning(self, horizontal: bool) -> None:
        """Curves that begin by turns level and upright; the last may end at a slant."""
        values = self._stack
        slant = values.pop() if len(values) % 4 else 0
        for start in range(0, len(values), 4):
            a, b, c, d = values[start : start + 4]
            last = slant if start + 4 == len(values) else 0
            if horizontal:
                self._curve(a, 0, b, c, last, d)
            else:
                self._curve(0, a, b, c, d, last)
            horizontal = not horizontal

    def hvcurveto(self) -> None:
        self._turning(True)

    def vhcurveto(self) -> None:
        self._turning(False)

    def hflex(self) -> None:
        a, b, c, d, e, f, g = self._stack
        self._curves([a, 0, b, c, d, 0, e, 0, f, -c, g, 0])

    def flex(self) -> None:
        self._curves(self._stack[:12])

    def hflex1(self) -> None:
        a, b, c, d, e, f, g, h, i = self._stack
        self._curves([a, b, c, d, e, 0, f, 0, g, h, i, -(b + d + h)])

    def flex1(self) -> None:
        *values, last = self._stack
        dx, dy = sum(values[::2]), sum(values[1::2])
        self._curves([*values, *((last, -dy) if abs(dx) > abs(dy) else (-dx, last))])


_OPERATORS: dict[int, Callable[[_Charstring], None]] = {
    1: _Charstring.stems,
    3: _Charstring.stems,
    4: _Charstring.vmoveto,
    5: _Charstring.rlineto,
    6: _Charstring.hlineto,
    7: _Charstring.vlineto,
    8: _Charstring.rrcurveto,
    18: _Charstring.stems,
    21: _Charstring.rmoveto,
    22: _Charstring.hmoveto,
    23: _Charstring.stems,
    24: _Charstring.rcurveline,
    25: _Charstring.rlinecurve,
    26: _Charstring.vvcurveto,
    27: _Charstring.hhcurveto,
    30: _Charstring.vhcurveto,
    31: _Charstring.hvcurveto,
}
_FLEXES: dict[int, Callable[[_Charstring], None]] = {
    34: _Charstring.hflex,
    35: _Charstring.flex,
    36: _Charstring.hflex1,
    37: _Charstring.flex1,
}
