"""What an import of a table into a register would do, row by row. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent
from dispatch_app.operations.law import Law
from dispatch_app.operations.log_files import MAX_COLUMNS, read_table_file
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.register_import_rows import PlannedEntry, RegisterPreview, RegisterPreviewRow
from dispatch_app.operations.register_table import RegisterTable, table_of, usual_of
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.entries import check, completed, read_typed
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.neighbours import Listed, Other, stored
from dispatch_app.operations.registers.projecting import learn
from dispatch_app.operations.registers.register import ENTER, Check, Register
from dispatch_app.operations.watching import Watch, unwatched, watched


def preview(
    session: Session, law: Law, now: int, key: str, path: Path, watch: Watch = unwatched
) -> RegisterPreview:
    """What an import of a file into a register would do at this moment (epoch seconds UTC).

    `watch` is told of every few rows; what it raises ends the looking.

    Raises:
        KnownError: The file is no table of this register, or a table cannot hold all of an entry.
    """
    register = register_of(key)
    secrets = [column.heading for column in register.columns if column.secret]
    if secrets:
        raise KnownError(
            f"{register.title}的「{'」「'.join(secrets)}」只记一部分，不能从表格导入", "请逐条登记"
        )
    file = read_table_file(path, register.title, watch)
    table = table_of(file, register)
    judge = _Judge(session, law, register, lookup_for(session, now))
    rows = tuple(judge.rows(table, watch))
    heading = {column.key: column.heading for column in register.columns}
    return RegisterPreview(
        key,
        file.name,
        file.digest,
        session.scalar(select(func.max(DeskEvent.seq))) or 0,
        tuple(heading[one] for one in table.places),
        table.notes,
        rows,
        tuple(judge.planned),
    )


def identity_of(register: Register) -> tuple[str, ...]:
    """Columns that make two entries the same one: as the register says, else its unique ones, else all."""
    unique = tuple(column.key for column in register.typed if column.unique)
    return register.identity or unique or tuple(column.key for column in register.typed)


class _Judge:
    """Goes down a file, once; what it would enter stands beside what the rows below are held against."""

    def __init__(self, session: Session, law: Law, register: Register, lookup: Lookup) -> None:
        self._session, self._law = session, law
        self._register, self._lookup = register, lookup
        kinds = {column.key: column.kind for column in register.columns}
        entries = stored(session, register.key)
        learn(register, [one.values for one in entries], lookup)
        self._beside = Listed(kinds, lookup, entries)
        self._identity = identity_of(register)
        self._known = {self._name(one.values): one for one in reversed(entries)}
        self.planned: list[PlannedEntry] = []

    def rows(self, table: RegisterTable, watch: Watch) -> Iterator[RegisterPreviewRow]:
        """What becomes of each row."""
        for row, record in watched(tuple(table.records), watch):
            padded = [*record, *([""] * MAX_COLUMNS)]
            said = {key: text for key, place in table.places.items() if (text := padded[place].strip())}
            if table.withdrawn is not None and padded[table.withdrawn].strip() == "是":
                yield RegisterPreviewRow(row, RowFate.REFUSED, said, reason="这一行已作废，不导入")
            else:
                yield self._judged(row, said, table)

    def _judged(self, row: int, said: Mapping[str, str], table: RegisterTable) -> RegisterPreviewRow:
        usual = {
            column.key: usual
            for column in self._register.typed
            if (usual := usual_of(column)) and (column.required or column.key not in table.places)
        }
        try:
            typed = read_typed(self._register, {**usual, **said}, self._lookup)
            return self._placed(row, said, completed(self._register, self._law, self._lookup, {}, typed))
        except KnownError as error:
            reason = f"{error.message}。{error.remedy}"
            return RegisterPreviewRow(row, RowFate.REFUSED, said, column=error.field or "", reason=reason)

    def _placed(self, row: int, said: Mapping[str, str], values: Values) -> RegisterPreviewRow:
        """Raises KnownError as the rules do."""
        name = self._name(values)
        known = self._known.get(name)
        if known is not None:
            differing = self._differing(said.keys(), values, known)
            fate = RowFate.DIFFERS if differing else RowFate.KNOWN
            reason = f"{differing}；不覆盖，要改请更正那一条" if differing else ""
            return RegisterPreviewRow(row, fate, said, known.number, known.entry_id, "", reason)
        check(
            Check(
                self._session,
                self._law,
                self._lookup,
                self._register,
                "",
                ENTER,
                {},
                values,
                self._beside,
            )
        )
        other = Other("", f"第 {row} 行", values)
        self._beside.add(other)
        self._known[name] = other
        self.planned.append(PlannedEntry(row, values))
        return RegisterPreviewRow(row, RowFate.READY, said)

    def _differing(self, given: Set[str], values: Values, known: Other) -> str:
        """`状态：在用 → 备用`; what the file leaves empty is no difference."""
        return "，".join(
            f"{column.heading}：{self._text(column.key, known.values)} → {self._text(column.key, values)}"
            for column in self._register.typed
            if column.key in given - set(self._identity)
            and known.values.get(column.key) != values.get(column.key)
        )

    def _text(self, column: str, values: Values) -> str:
        value = values.get(column)
        return "空" if value is None else self._register.column(column).kind.text(value, self._lookup)

    def _name(self, values: Values) -> tuple[str, ...]:
        return tuple(self._beside.key(column, values) for column in self._identity)
