"""Writes call logs, runs `assess` over them and reads the answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dispatch_app.operations.assess import run_assess

AS_OF = "2025-03-01T00:00:00"


def as_csv(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = ()) -> str:
    """A log with the columns that occur, in the order in which they first do."""
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(
    call_no: str = "A1", reported_at: str = "2024-06-03 09:00:00", zone: str = "urban", **more: str
) -> dict[str, str]:
    return {"call_no": call_no, "reported_at": reported_at, "zone": zone, **more}


class Log:
    """A folder in which logs are assessed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status: int | None = None

    def path(self, name: str) -> Path:
        return self.folder / name

    def run(self, text: str | bytes, *options: str, as_of: str = AS_OF) -> int:
        """The exit status; nothing is read back."""
        data = text if isinstance(text, bytes) else text.encode()
        self.path("calls.csv").write_bytes(data)
        words = [
            str(self.path("calls.csv")),
            "--as-of",
            as_of,
            "--json",
            str(self.path("out.json")),
            *options,
        ]
        self.status = run_assess(words)
        return self.status

    def assess(
        self, rows: Sequence[Mapping[str, str]] | str | bytes, as_of: str = AS_OF, **readings: str
    ) -> dict[str, Any]:
        """The answer as Python values."""
        text = rows if isinstance(rows, str | bytes) else as_csv(rows)
        options: list[str] = []
        if readings:
            lines = [f'{key} = "{value}"\n' for key, value in readings.items()]
            self.path("readings.toml").write_text("".join(lines), "utf-8")
            options = ["--readings", str(self.path("readings.toml"))]
        assert self.run(text, *options, as_of=as_of) in (0, 3)
        return self.answer()

    def answer(self) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.path("out.json").read_text("utf-8"))
        return result

    def call(self, said: Mapping[str, str], as_of: str = AS_OF, **readings: str) -> dict[str, Any]:
        """The one call of a log of one row."""
        (found,) = self.assess([said], as_of, **readings)["calls"]
        return found

    def refusal(self, *rows: Mapping[str, str], as_of: str = AS_OF) -> str:
        """The reason the last row is refused for; everything above it is accepted."""
        answer = self.assess(list(rows), as_of)
        assert self.status == 3
        assert len(answer["calls"]) == len(rows) - 1
        (refused,) = answer["rejected"]
        assert refused["row"] == len(rows) + 1
        assert refused["call_no"] == rows[-1]["call_no"].strip()
        return str(refused["reason"])


def clock(call: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in call["clocks"] if one["clock"] == name)


def state(call: Mapping[str, Any], name: str) -> tuple[str, int]:
    """(state, seconds late)."""
    found = clock(call, name)
    return found["state"], found["late_s"]
