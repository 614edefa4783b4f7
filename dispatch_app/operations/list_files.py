"""A list as a CSV or .xlsx file, written in pieces and given its name only when it is whole.

CSV is UTF-8 with a byte order mark and CRLF, which the spreadsheets in use open as it is meant. A cell that a
spreadsheet would take for a formula begins with an apostrophe: texts come from telephone calls.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.log_files import neutral
from dispatch_app.storage.durable import put_in_place

BOM = "\ufeff"
Cells = Sequence[str]


class ListFile(Protocol):
    """A file being written. Every method raises KnownError where the disk refuses."""

    def begin(self, head: Iterable[Cells]) -> None:
        """Begin anew beside the name it will have, with the lines over the rows."""
        ...

    def add(self, rows: Iterable[Cells]) -> None:
        """Write on."""
        ...

    def finish(self) -> None:
        """Give the whole file its name."""
        ...

    def drop(self) -> None:
        """Forget what was written; a file that had the name before is as it was."""
        ...


def list_file(path: Path, title: str) -> ListFile:
    """A file to be written, .xlsx by its ending, otherwise CSV. `title`: of the sheet."""
    return SheetFile(path, title) if path.suffix.lower() == ".xlsx" else CsvFile(path)


def unfinished(path: Path) -> Path:
    """Where a file lies while it is being written."""
    return path.with_name(f"{path.name}.part")


class CsvFile:
    """Text, appended piece by piece."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, head: Iterable[Cells]) -> None:
        with _told_plainly(self._path):
            unfinished(self._path).write_bytes((BOM + _lines(head)).encode())

    def add(self, rows: Iterable[Cells]) -> None:
        with _told_plainly(self._path), unfinished(self._path).open("ab") as file:
            file.write(_lines(rows).encode())

    def finish(self) -> None:
        _finish(self._path)

    def drop(self) -> None:
        _drop(self._path)


class SheetFile:
    """A workbook; openpyxl keeps the rows in a file of its own until it is saved."""

    def __init__(self, path: Path, title: str) -> None:
        self._path, self._title = path, title
        self._book: Any = None

    def begin(self, head: Iterable[Cells]) -> None:
        # Only .xlsx needs openpyxl, and it takes long to import.
        from openpyxl import Workbook

        with _told_plainly(self._path):
            unfinished(self._path).touch()
        self._book = Workbook(write_only=True)
        self._sheet(self._title, head)

    def add(self, rows: Iterable[Cells]) -> None:
        sheet = self._book.worksheets[0]
        for row in rows:
            sheet.append([neutral(cell) or None for cell in row])

    def beside(self, title: str, rows: Iterable[Cells]) -> None:
        """A second sheet, which no import reads."""
        self._sheet(title, rows)

    def finish(self) -> None:
        book, self._book = self._book, None
        with _told_plainly(self._path):
            book.save(unfinished(self._path))
        _finish(self._path)

    def drop(self) -> None:
        if self._book is not None:
            # The one way to make openpyxl let go of its own files.
            self._book.save(io.BytesIO())
            self._book = None
        _drop(self._path)

    def _sheet(self, title: str, rows: Iterable[Cells]) -> None:
        sheet = self._book.create_sheet(title)
        for row in rows:
            sheet.append([neutral(cell) or None for cell in row])


def _finish(path: Path) -> None:
    with _told_plainly(path):
        put_in_place(unfinished(path), path)


def _drop(path: Path) -> None:
    with _told_plainly(path):
        unfinished(path).unlink(missing_ok=True)


def _lines(rows: Iterable[Cells]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([neutral(cell) for cell in row] for row in rows)
    return written.getvalue()


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnownError(f"没有存成 {path.name}：{reason}", "换一个文件夹或腾出空间后再导出") from error
