"""`dispatch-app assess`: the contract's rules over a call log, without a database.

Exit status 0 when every row was read, 3 when some were refused, 2 when the log could not be read at all or
there is nowhere to write (then one line on standard error says why).
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.assess_json import json_pieces
from dispatch_app.operations.assess_log import LogAssessment, assess_log
from dispatch_app.operations.assess_rows import Places
from dispatch_app.operations.assess_table import read_table
from dispatch_app.operations.contract_files import load_contract, load_readings, load_sites

ALL_READ, NOT_READ, SOME_REFUSED = 0, 2, 3
_BUFFER = 1 << 20
"""Bytes: the answer is a hundred times as long as the log, and each write is a call to the system."""


class UsageError(KnownError):
    """The command line cannot be followed: exit status 2."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line instead of the usage."""
        raise UsageError(
            f"参数不对：{message}", f"用法：{self.prog} CALLS.csv --as-of 2025-03-01T00:00:00 --json OUT.json"
        )


def run_assess(argv: Sequence[str]) -> int:
    """Run the command with the words after `assess`; the exit status.

    Prints nothing but one line on standard error when something was refused.
    """
    try:
        return _run(_parser().parse_args(argv))
    except KnownError as error:
        _say(str(error))
        return NOT_READ


def _parser() -> _Parser:
    parser = _Parser(
        prog="dispatch-app assess", description="按合同核算一份接报记录，不动数据库", allow_abbrev=False
    )
    parser.add_argument("calls", metavar="CALLS.csv", type=Path, help="接报记录，UTF-8 或 GB18030")
    parser.add_argument("--as-of", required=True, metavar="TIME", help="截止时刻，不带时区按北京时间")
    parser.add_argument("--json", type=Path, metavar="OUT.json", help="结果写到这里")
    parser.add_argument("--pdf", type=Path, metavar="OUT.pdf", help="另存一份违约结算表")
    parser.add_argument("--readings", type=Path, metavar="FILE", help="另用一份合同口径（TOML）")
    return parser


def _run(asked: argparse.Namespace) -> int:
    try:
        as_of = parse_moment(asked.as_of.strip())
    except ValueError as error:
        raise UsageError(f"看不懂 --as-of {asked.as_of}", "写成 2025-03-01T00:00:00") from error
    _check_places(asked)
    readings = load_readings(asked.readings) if asked.readings else load_readings()
    with _collector_at_rest():
        return _judged(asked, Terms(load_contract(), readings), as_of)


def _judged(asked: argparse.Namespace, terms: Terms, as_of: int) -> int:
    """The exit status. The log's rows are gone when this returns, so nobody looks for cycles among them."""
    assessed = assess_log(read_table(asked.calls), terms, Places.of(load_sites()), as_of)
    # What cannot be printed is known before anything is written.
    paper = _printed(assessed, asked.calls.name) if asked.pdf else b""
    if asked.json:
        _write(asked.json, (piece.encode() for piece in json_pieces(assessed)))
    if asked.pdf:
        _write(asked.pdf, [paper])
    if assessed.refused:
        _say(f"{len(assessed.refused)} 行未核算，其余 {len(assessed.calls)} 行已核算，原因见结果的 rejected")
        return SOME_REFUSED
    return ALL_READ


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A long log makes a million tuples and no cycles: looking for some would take half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _check_places(asked: argparse.Namespace) -> None:
    outputs = [path.resolve() for path in (asked.json, asked.pdf) if path]
    if not outputs:
        raise UsageError("没有说结果写到哪里", "加上 --json OUT.json")
    inputs = [path.resolve() for path in (asked.calls, asked.readings) if path]
    if len({*outputs, *inputs}) < len(outputs) + len(inputs):
        raise UsageError("读的和写的是同一个文件", "结果另写一个文件")


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        with path.open("wb", buffering=_BUFFER) as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise UsageError(f"写不进 {path}：{error.strerror}", "换一个能写的地方") from error


def _printed(assessed: LogAssessment, log: str) -> bytes:
    # The forms are loaded only when somebody wants paper.
    from dispatch_app.operations.assess_sheet import sheet_of
    from dispatch_app.reports.tally_sheet import render_tally

    return render_tally(sheet_of(assessed, log))


def _say(line: str) -> None:
    sys.stderr.write("dispatch-app assess: " + " ".join(line.split()) + "\n")
