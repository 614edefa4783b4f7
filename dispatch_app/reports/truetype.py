"""Writes a small TrueType font from converted glyphs, for embedding in a PDF.

PDF asks of an embedded simple TrueType font just glyf, loca, head, hhea, hmtx, maxp and a (1, 0) cmap
(ISO 32000-1, 9.9). The same glyphs give the same bytes: the time stamp in `head` is fixed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

UNITS_PER_EM = 1000
ASCENT = 880
DESCENT = -120
# 2026-01-01 in seconds since 1904; the moment itself means nothing, that it never changes does.
_HEAD_STAMP = 3_850_070_400
_MAGIC = 0x5F0F3CF5
_CHECKSUM_TARGET = 0xB1B0AFBA
_VERSION = 0x00010000
_MAX_ZONES = 2
_ON_CURVE, _X_SHORT, _Y_SHORT, _X_SAME, _Y_SAME = 1, 2, 4, 16, 32

Contour = list[tuple[float, float, bool]]
"""Points of a closed quadratic contour: x, y, whether the curve passes through it."""


class Glyph(NamedTuple):
    """A TrueType glyph: its glyf entry, and what the tables around it need (1000 units an em)."""

    data: bytes
    advance: int
    x_min: int = 0
    y_min: int = 0
    x_max: int = 0
    y_max: int = 0
    points: int = 0
    contours: int = 0


def encode_glyph(contours: Sequence[Contour], advance: int) -> Glyph:
    """A simple glyph; coordinates are rounded to whole units."""
    points = [(round(x), round(y), on) for contour in contours for x, y, on in contour]
    if not points:
        return Glyph(b"", advance)
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    bounds = (min(xs), min(ys), max(xs), max(ys))
    ends = [count - 1 for count in accumulate(len(contour) for contour in contours)]
    flags, x_bytes, y_bytes = bytearray(), bytearray(), bytearray()
    for (x0, y0, _), (x, y, on) in pairwise([(0, 0, False), *points]):
        x_flag = _encode_step(x - x0, x_bytes, _X_SHORT, _X_SAME)
        y_flag = _encode_step(y - y0, y_bytes, _Y_SHORT, _Y_SAME)
        flags.append(on * _ON_CURVE | x_flag | y_flag)
    head = struct.pack(f">hhhhh{len(ends)}HH", len(ends), *bounds, *ends, 0)
    return Glyph(head + flags + x_bytes + y_bytes, advance, *bounds, len(points), len(ends))


def _encode_step(step: int, output: bytearray, short: int, same: int) -> int:
    """Append a coordinate's difference in its shortest form; answers the flags that say which."""
    if step == 0:
        return same
    if -256 < step < 256:
        output.append(abs(step))
        return short | (same if step > 0 else 0)
    output += struct.pack(">h", step)
    return 0


def build_truetype(glyphs: Sequence[Glyph], codes: Sequence[int]) -> bytes:
    """A TrueType font file.

    Args:
        glyphs: The glyphs in order; the first is .notdef.
        codes: Glyph index for each byte code from 0 on; at most 256.
    """
    offsets, data = _glyph_data(glyphs)
    tables = {
        b"cmap": _cmap(codes),
        b"glyf": data,
        b"head": _head(glyphs),
        b"hhea": _hhea(glyphs),
        b"hmtx": b"".join(struct.pack(">Hh", glyph.advance, glyph.x_min) for glyph in glyphs),
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"maxp": _maxp(glyphs),
    }
    return _assemble(tables)


def _glyph_data(glyphs: Sequence[Glyph]) -> tuple[list[int], bytes]:
    offsets, parts, position = [0], [], 0
    for glyph in glyphs:
        padded = glyph.data + b"\0" * (-len(glyph.data) % 4)
        parts.append(padded)
        position += len(padded)
        offsets.append(position)
    return offsets, b"".join(parts)


def _cmap(codes: Sequence[int]) -> bytes:
    header = struct.pack(">HHHHL", 0, 1, 1, 0, 12)
    table = struct.pack(">5H", 6, 10 + 2 * len(codes), 0, 0, len(codes))
    return header + table + struct.pack(f">{len(codes)}H", *codes)


def _head(glyphs: Sequence[Glyph]) -> bytes:
    return struct.pack(
        ">LLLLHHQQ4hHHhhh",
        _VERSION,
        _VERSION,
        0,  # filled in when the file is assembled
        _MAGIC,
        0b1011,
        UNITS_PER_EM,
        _HEAD_STAMP,
        _HEAD_STAMP,
        min(glyph.x_min for glyph in glyphs),
        min(glyph.y_min for glyph in glyphs),
        max(glyph.x_max for glyph in glyphs),
        max(glyph.y_max for glyph in glyphs),
        0,
        8,
        2,
        1,  # long offsets in loca
        0,
    )


def _hhea(glyphs: Sequence[Glyph]) -> bytes:
    return struct.pack(
        ">L3hH3h3h4hhH",
        _VERSION,
        ASCENT,
        DESCENT,
        0,
        max(glyph.advance for glyph in glyphs),
        min(glyph.x_min for glyph in glyphs),
        min(glyph.advance - glyph.x_max for glyph in glyphs),
        max(glyph.x_max for glyph in glyphs),
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        len(glyphs),
    )


def _maxp(glyphs: Sequence[Glyph]) -> bytes:
    points = max(glyph.points for glyph in glyphs)
    contours = max(glyph.contours for glyph in glyphs)
    return struct.pack(">LHHH11H", _VERSION, len(glyphs), points, contours, 0, 0, _MAX_ZONES, *([0] * 8))


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search_range = 16 << power
    head = struct.pack(">LHHHH", _VERSION, count, search_range, power, 16 * count - search_range)
    position = len(head) + 16 * count
    directory, body, head_at = b"", b"", 0
    for tag, data in sorted(tables.items()):
        if tag == b"head":
            head_at = position
        padded = data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sLLL", tag, _checksum(padded), position, len(data))
        body += padded
        position += len(padded)
    file = head + directory + body
    adjustment = (_CHECKSUM_TARGET - _checksum(file)) & 0xFFFFFFFF
    return file[: head_at + 8] + struct.pack(">L", adjustment) + file[head_at + 12 :]


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
