"""The list of all faults as a CSV file, written in pieces and given its name only when it is whole.

UTF-8 with a byte order mark and CRLF, which the spreadsheets in use open as it is meant. A cell that a
spreadsheet would take for a formula begins with an apostrophe: texts come from telephone calls.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.history_rows import HistoryRow
from dispatch_app.storage.durable import put_in_place

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def unfinished(path: Path) -> Path:
    """Where a file lies while it is being written."""
    return path.with_name(f"{path.name}.part")


def begin_csv(path: Path) -> None:
    """Begin anew beside `path`. Raises KnownError if the folder does not take it."""
    with _told_plainly(path):
        unfinished(path).write_bytes((BOM + _lines([[column.heading for column in COLUMNS]])).encode())


def add_to_csv(path: Path, rows: Iterable[HistoryRow]) -> None:
    """Write on. Raises KnownError if the disk does not take it."""
    cells = ([harmless(column.text(row)) for column in COLUMNS] for row in rows)
    with _told_plainly(path), unfinished(path).open("ab") as file:
        file.write(_lines(cells).encode())


def finish_csv(path: Path) -> None:
    """Give the whole file its name. Raises KnownError if that is refused."""
    with _told_plainly(path):
        put_in_place(unfinished(path), path)


def drop_csv(path: Path) -> None:
    """Forget what was written; a file that had the name before is as it was."""
    with _told_plainly(path):
        unfinished(path).unlink(missing_ok=True)


def harmless(text: str) -> str:
    """A cell no spreadsheet reckons with."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(rows: Iterable[list[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnownError(f"没有存成 {path.name}：{reason}", "换一个文件夹或腾出空间后再导出") from error
