"""The answer of `assess` as JSON, written piece by piece: a long log has more clocks than `json` likes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from dispatch_app.contract.calendar_beijing import iso
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.penalties import Penalty
from dispatch_app.contract.tally import ClauseSum, Tally
from dispatch_app.operations.assess_log import LogAssessment
from dispatch_app.operations.assess_rows import LogCall

_HEADS = tuple(
    {state: f'"clock":"{clock}","state":"{state}","started_at":' for state in ClockState}
    for clock in ClockName
)
# Made once: `json.dumps` would make an encoder for every call number.
_text = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring


class _Moments(dict[int | None, str]):
    """A moment → its text in quotation marks: most stand in several clocks, the start of a call in five."""

    MOST = 4096

    def __missing__(self, at: int | None) -> str:
        if len(self) == self.MOST:
            self.clear()
        self[at] = "null" if at is None else f'"{iso(at)}"'
        return self[at]


def json_pieces(assessed: LogAssessment) -> Iterator[str]:
    """The document, one call a piece and a line."""
    yield "{" + ",\n ".join(
        (
            f'"as_of":{_text(iso(assessed.as_of))}',
            f'"readings":{_text(assessed.terms.readings.as_mapping())}',
            f'"notes":{_text(assessed.notes)}',
            '"calls":[',
        )
    )
    between = "\n"
    moments = _Moments()
    for call in assessed.calls:
        yield f"{between}  {_call(call, moments)}"
        between = ",\n"
    standards = {
        str(clock): {str(state): count for state, count in counts.items()}
        for clock, counts in assessed.standards.items()
    }
    refused = [
        {"row": found.row, "call_no": found.call_no, "reason": found.reason} for found in assessed.refused
    ]
    yield "],\n " + ",\n ".join(
        (
            f'"tally":{_text(_tally(assessed.tally))}',
            f'"standards":{_text(standards)}',
            f'"rejected":{_text(refused)}}}\n',
        )
    )


def _call(call: LogCall, moments: _Moments) -> str:
    cycle = call.cycle
    clocks = ",".join(
        [
            f'{{"cycle":{cycle},{heads[state]}{moments[started]},"due_at":{moments[due]},'
            f'"stopped_at":{moments[stopped]},"late_s":{late}}}'
            for heads, (state, started, due, stopped, late) in zip(_HEADS, call.judged, strict=True)
        ]
    )
    return (
        f'{{"call_no":{_quoted(call.call_no)},"cycle":{cycle},'
        f'"in_term":{"true" if call.in_term else "false"},"zone":"{call.zone}",'
        f'"anomalies":{_text(call.anomalies) if call.anomalies else "[]"},"clocks":[{clocks}],'
        f'"penalties":{_text([_penalty(one) for one in call.penalties]) if call.penalties else "[]"}}}'
    )


def _penalty(penalty: Penalty) -> dict[str, object]:
    said: dict[str, object] = {
        "clause": penalty.clause,
        "cycle": penalty.cycle,
        "at": None if penalty.at is None else iso(penalty.at),
        "amount": _money(penalty.amount),
    }
    return said | {"flags": list(penalty.flags)} if penalty.flags else said


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "9.1": _sum(tally.unreachable),
        "9.2": _sum(tally.nobody_sent),
        "4.6": _sum(tally.third_party),
        "total": _money(tally.total),
        "payable": _money(tally.payable),
        "owed": _money(tally.owed),
        "termination": [
            {"clause": right.clause, "reason": str(right.reason), "at": iso(right.at)}
            for right in tally.termination
        ],
    }


def _sum(found: ClauseSum) -> dict[str, object]:
    return {"count": found.count, "amount": _money(found.amount)}


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
