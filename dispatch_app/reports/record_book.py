"""Lists of records on paper: 机房出入登记, 资料出入登记, 备件使用清单, 移动存储介质销毁清单.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class BookColumn:
    """`share`: of the table's width, in proportion. `right`: figures stand at the right edge."""

    heading: str
    share: int
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFact:
    """A label over its value, in the head of the list."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBookSheet:
    """Everything a list of records says.

    Attributes:
        mark: Stands over the title where copies are counted and kept (附二, 附四); empty for an open list.
        facts: What it is a list of: period, room, how many.
        rows: Cells as printed, one for each column.
        nothing: What is said where there are no rows.
        summary: A line under the table; may be empty.
        rules: The clauses the list is kept by.
        signatures: Who signs, one line each.
        issued_at: Epoch seconds UTC.
    """

    title: str
    number: str
    issuer: str
    facts: tuple[BookFact, ...]
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str
    rules: str
    signatures: tuple[str, ...]
    issued_at: int
    summary: str = ""
    mark: str = ""
    copy_number: int = 1
    reprint: bool = False


def render_record_book(sheet: RecordBookSheet, fonts: FontSet | None = None) -> bytes:
    """The PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a text has characters no font has.
    """
    require(sheet, {"number": "单号", "issuer": "单位"}, sheet.title)
    from dispatch_app.reports.record_book_layout import lay_out

    return lay_out(sheet, fonts)
