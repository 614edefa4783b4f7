"""The columns of the list of all faults: one table of them for the screen, the CSV file and the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.money import to_yuan
from dispatch_app.operations.history_rows import HistoryRow
from dispatch_app.operations.words import FAULT_CAUSES, PROCEDURE_WORDS, SOURCE_WORDS, STAGE_WORDS, ZONE_WORDS


@dataclass(frozen=True, slots=True)
class HistoryColumn:
    """`key`: what the list is sorted by. `width`: logical pixels at first. `text`: the cell in Chinese.

    `shown`: stands in the list until somebody chooses otherwise.
    """

    key: str
    heading: str
    width: int
    text: Callable[[HistoryRow], str]
    right: bool = False
    shown: bool = True


def late_text(seconds: int) -> str:
    """`1:05:09`, hours first; empty for in time."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def _ended(row: HistoryRow) -> str:
    return "" if row.ended_at is None else moment_text(row.ended_at)


def _penalty(row: HistoryRow) -> str:
    return f"{to_yuan(row.penalty_fen):,.2f}" if row.penalty_fen else ""


COLUMNS = (
    HistoryColumn("number", "编号", 88, lambda row: row.number),
    HistoryColumn("reported_at", "报障时间", 168, lambda row: moment_text(row.reported_at)),
    HistoryColumn("site_name", "站点", 220, lambda row: row.site_name),
    HistoryColumn("zone", "区域", 76, lambda row: ZONE_WORDS[row.zone]),
    HistoryColumn("emergency", "紧急", 60, lambda row: "紧急" if row.emergency else ""),
    HistoryColumn("symptom", "现象", 260, lambda row: row.symptom),
    HistoryColumn("source", "来源", 84, lambda row: SOURCE_WORDS[row.source], shown=False),
    HistoryColumn("stage", "阶段", 84, lambda row: STAGE_WORDS[row.stage]),
    HistoryColumn(
        "procedure", "程序", 116, lambda row: PROCEDURE_WORDS[row.procedure] if row.procedure else ""
    ),
    HistoryColumn("cause", "故障原因", 116, lambda row: FAULT_CAUSES.get(row.cause, "")),
    HistoryColumn("engineers", "工程师", 132, lambda row: row.engineers),
    HistoryColumn("response_late_s", "响应超时", 96, lambda row: late_text(row.response_late_s), right=True),
    HistoryColumn("arrival_late_s", "到场超时", 96, lambda row: late_text(row.arrival_late_s), right=True),
    HistoryColumn("late_s", "最长超时", 96, lambda row: late_text(row.late_s), right=True),
    HistoryColumn("penalty_fen", "违约金（元）", 112, _penalty, right=True),
    HistoryColumn("ended_at", "结束时间", 168, _ended, shown=False),
    HistoryColumn("caller", "报障人", 96, lambda row: row.caller),
    HistoryColumn("unit", "报障单位", 160, lambda row: row.unit, shown=False),
    HistoryColumn("device", "设备", 140, lambda row: row.device, shown=False),
)
