"""One row of a call log: read, refused or judged by the same core as a fault on the desk.

Times: epoch seconds UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.clocks import BREACHED, NEVER, ClockName, CycleTimes, Judged, cycle_clocks
from dispatch_app.contract.facts import CancelKind, Procedure, Source, ThirdPartyCause, Zone
from dispatch_app.contract.money import to_yuan
from dispatch_app.contract.penalties import (
    AT_THE_LINE,
    NOBODY_SENT,
    THIRD_PARTY,
    UNREACHABLE,
    Penalty,
    third_party_cost,
)
from dispatch_app.contract.terms import SiteEntry, Terms
from dispatch_app.operations.assess_table import COLUMNS

MILESTONES = (
    "assigned_at",
    "acknowledged_at",
    "departed_at",
    "arrived_at",
    "confirmed_at",
    "repair_started_at",
    "special_report_at",
    "resolved_at",
    "cancelled_at",
)
FIVE_HOURS = list(ClockName).index(ClockName.DISPATCH_5H)
"""Place of `dispatch_5h` among the judged clocks."""

ZONES = {"urban": Zone.URBAN, "市区": Zone.URBAN, "outlying": Zone.OUTLYING, "市区外": Zone.OUTLYING}
EMERGENCY = {"": False, "0": False, "否": False, "1": True, "是": True}
PROCEDURES = {
    "": None,
    "routine": Procedure.ROUTINE,
    "常规": Procedure.ROUTINE,
    "repair": Procedure.REPAIR,
    "维修": Procedure.REPAIR,
    "special_report": Procedure.SPECIAL_REPORT,
    "专报": Procedure.SPECIAL_REPORT,
    "warranty": Procedure.WARRANTY,
    "厂家": Procedure.WARRANTY,
}
SOURCES = {
    "": Source.CLIENT,
    "client": Source.CLIENT,
    "甲方": Source.CLIENT,
    "unit": Source.UNIT,
    "用户单位": Source.UNIT,
    "patrol": Source.PATROL,
    "巡检": Source.PATROL,
    "monitoring": Source.MONITORING,
    "监控": Source.MONITORING,
}
CANCEL_KINDS = {
    "": CancelKind.FALSE_ALARM,
    "false_alarm": CancelKind.FALSE_ALARM,
    "误报": CancelKind.FALSE_ALARM,
    "duplicate": CancelKind.DUPLICATE,
    "重复": CancelKind.DUPLICATE,
    "out_of_scope": CancelKind.OUT_OF_SCOPE,
    "非服务对象": CancelKind.OUT_OF_SCOPE,
}
CAUSES = {
    "": ThirdPartyCause.LATE,
    "late": ThirdPartyCause.LATE,
    "逾期": ThirdPartyCause.LATE,
    "unable": ThirdPartyCause.UNABLE,
    "无力处理": ThirdPartyCause.UNABLE,
    "other": ThirdPartyCause.OTHER,
    "其他": ThirdPartyCause.OTHER,
}

# Twelve digits are more yuan than any call can cost; beyond that a cell is a slip, not an amount.
_AMOUNT = re.compile(r"0*([0-9]{1,12})(?:\.([0-9]{1,2}))?")
_WHOLE = re.compile(r"0*([1-9][0-9]{0,8})")


W = TypeVar("W")


class RowRefusedError(Exception):
    """A row is not assessed. The text begins with the English column name."""


@dataclass(frozen=True, slots=True)
class ThirdPartyWork:
    """What a row says on third-party work; sums in fen, parts as (name, unit price, quantity)."""

    cause: ThirdPartyCause
    labour_fen: int
    parts: tuple[tuple[str, int, int], ...]


_NO_WORK = ThirdPartyWork(ThirdPartyCause.LATE, 0, ())


class LogCall(NamedTuple):
    """One accepted row with what the contract says about it.

    Attributes:
        start: The report.
        ended: First counted resolution or cancellation, `NEVER` for none.
        judged: The seven clocks in `ClockName`'s order.
        work: What the row says on third-party work (四.6).
    """

    row: int
    call_no: str
    cycle: int
    site: str
    zone: Zone
    start: int
    ended: int
    in_term: bool
    anomalies: tuple[str, ...]
    judged: tuple[Judged, ...]
    penalties: tuple[Penalty, ...]
    work: ThirdPartyWork


@dataclass(frozen=True, slots=True)
class Places:
    """Sites by every name they have: zone, and whether they are outdoor plant."""

    known: dict[str, tuple[Zone, bool]]

    @classmethod
    def of(cls, sites: Iterable[SiteEntry]) -> Places:
        """Index sites by name, alias and id."""
        return cls(
            {
                folded(name): (site.zone, site.plant)
                for site in sites
                for name in (site.id, site.name, *site.aliases)
            }
        )

    def find(self, name: str) -> tuple[Zone, bool] | None:
        """(zone, plant) of a site, None for one nobody knows."""
        return self.known.get(folded(name))


class RowJudge:
    """Judges the rows of one log, in their order.

    Args:
        columns: English column name → index of its cell.
        as_of: The moment the log is judged at.
    """

    def __init__(self, terms: Terms, places: Places, columns: dict[str, int], as_of: int) -> None:
        self._terms = terms
        self._places = places
        self._as_of = as_of
        self._call_no = columns["call_no"]
        self._present = tuple(columns.items())
        self._nothing = dict.fromkeys(COLUMNS, "")
        self._width = max(columns.values()) + 1
        self._milestones = [name for name in MILESTONES if name in columns]
        self._accepted: dict[tuple[str, int], LogCall] = {}

    def call_no(self, cells: Sequence[str]) -> str:
        """The call number of a row, empty if it has none."""
        return cells[self._call_no].strip() if self._call_no < len(cells) else ""

    def judge(self, row: int, cells: Sequence[str]) -> LogCall:
        """The call of a row, remembered for those below it.

        Raises:
            RowRefusedError: The row cannot be assessed.
        """
        said = self.said(cells)
        call_no = said["call_no"]
        if not call_no:
            raise RowRefusedError("call_no: 没有单号")
        if not said["reported_at"]:
            raise RowRefusedError("reported_at: 没有接报时间")
        start = _moment("reported_at", said["reported_at"])
        zone, plant = self._zone(said)
        anomalies: list[str] = []
        times = self._times(said, start, anomalies)
        work = _third_party(said)
        cycle = _whole("cycle", said["cycle"]) if said["cycle"] else 1
        source = _word("source", said["source"], SOURCES)
        unreachable = self._unreachable(said, anomalies)
        emergency = _word("emergency", said["emergency"], EMERGENCY)
        cycle_times = self._cycle_times(said, start, zone, plant, source, times)
        self._check_place(call_no, cycle, start)
        judged = cycle_clocks(cycle_times, self._terms.rules, self._as_of)
        in_term = self._terms.in_term(start)
        call = LogCall(
            row=row,
            call_no=call_no,
            cycle=cycle,
            site=said["site"],
            zone=zone,
            start=start,
            ended=min(times.get("resolved_at", NEVER), times.get("cancelled_at", NEVER)),
            in_term=in_term,
            anomalies=tuple(anomalies),
            judged=judged,
            penalties=self._penalties(cycle, start, in_term, judged, unreachable if emergency else (), work),
            work=work,
        )
        self._accepted[call_no, cycle] = call
        return call

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """English column name → cell; empty where the log has no such column."""
        text = [cell.strip() for cell in cells]
        if len(text) < self._width:
            text += [""] * (self._width - len(text))
        said = self._nothing.copy()
        for name, index in self._present:
            said[name] = text[index]
        return said

    def _zone(self, said: dict[str, str]) -> tuple[Zone, bool]:
        site = self._places.find(said["site"]) if said["site"] else None
        if said["zone"]:
            return _word("zone", said["zone"], ZONES), site is not None and site[1]
        if site is not None:
            return site
        if said["site"]:
            raise RowRefusedError(f"site: 不认识站点“{said['site']}”，又没有填区域")
        raise RowRefusedError("zone: 没有区域，也没有站点")

    def _times(self, said: dict[str, str], start: int, anomalies: list[str]) -> dict[str, int]:
        """Milestones that count; the others become anomalies."""
        if start > self._as_of:
            raise RowRefusedError("reported_at: 接报晚于截止时刻")
        times = {}
        as_of = self._as_of
        for name in self._milestones:
            text = said[name]
            if text:
                at = _moment(name, text)
                if start <= at <= as_of:
                    times[name] = at
                else:
                    when = "早于接报" if at < start else "晚于截止时刻"
                    anomalies.append(f"{name}: {text} {when}，不计")
        return times

    def _unreachable(self, said: dict[str, str], anomalies: list[str]) -> Sequence[int]:
        if not said["unreachable_at"]:
            return ()
        counted = []
        for text in split_list(said["unreachable_at"]):
            at = _moment("unreachable_at", text)
            if at > self._as_of:
                anomalies.append(f"unreachable_at: {text} 晚于截止时刻，不计")
            else:
                counted.append(at)
        return counted

    def _cycle_times(
        self, said: dict[str, str], start: int, zone: Zone, plant: bool, source: Source, times: dict[str, int]
    ) -> CycleTimes:
        procedure = _word("procedure", said["procedure"], PROCEDURES)
        cancel_kind = _word("cancel_kind", said["cancel_kind"], CANCEL_KINDS)
        false_alarm = cancel_kind is CancelKind.FALSE_ALARM
        confirmed = times.get("confirmed_at")
        return CycleTimes(
            start=start,
            outlying=zone is Zone.OUTLYING,
            plant=plant,
            call=self._terms.rules.is_call(source),
            assigned=times.get("assigned_at", NEVER),
            acknowledged=times.get("acknowledged_at", NEVER),
            departed=times.get("departed_at", NEVER),
            arrived=times.get("arrived_at", NEVER),
            confirmations=() if confirmed is None else ((confirmed, procedure),),
            repair_started=times.get("repair_started_at", NEVER),
            report_submitted=times.get("special_report_at", NEVER),
            resolved=times.get("resolved_at", NEVER),
            grouped=start if said["group"] else NEVER,
            voided=not false_alarm and "cancelled_at" in times,
            false_alarm=times.get("cancelled_at", NEVER) if false_alarm else NEVER,
        )

    def _check_place(self, call_no: str, cycle: int, start: int) -> None:
        earlier = self._accepted.get((call_no, cycle))
        if earlier is not None:
            raise RowRefusedError(f"call_no: {call_no} 第 {cycle} 次已在第 {earlier.row} 行")
        if cycle > 1:
            former = self._accepted.get((call_no, cycle - 1))
            if former is None:
                raise RowRefusedError(f"cycle: 上文没有 {call_no} 第 {cycle - 1} 次")
            if former.ended > start:
                raise RowRefusedError(f"cycle: 接报时 {call_no} 第 {cycle - 1} 次还没有解决或销单")

    def _penalties(
        self,
        cycle: int,
        start: int,
        in_term: bool,
        judged: Sequence[Judged],
        unreachable: Sequence[int],
        work: ThirdPartyWork,
    ) -> tuple[Penalty, ...]:
        rules = self._terms.rules
        found: list[tuple[str, int | None, int, tuple[str, ...]]] = [
            (UNREACHABLE, at, rules.unreachable_fen, ()) for at in unreachable
        ]
        if judged[FIVE_HOURS][0] is BREACHED:
            found.append((NOBODY_SENT, judged[FIVE_HOURS][2], rules.nobody_sent_fen, ()))
        if work is not _NO_WORK:
            priced = [(price, quantity) for _, price, quantity in work.parts]
            cost = third_party_cost(work.cause, work.labour_fen, priced, rules)
            if cost.fen:
                found.append((THIRD_PARTY, None, cost.fen, (AT_THE_LINE,) if cost.at_line else ()))
        if not found:
            return ()
        penalties = [
            Penalty(clause, cycle, start, at, to_yuan(fen), flags, in_term)
            for clause, at, fen, flags in found
        ]
        return tuple(sorted(penalties, key=lambda penalty: penalty.order))


def _third_party(said: dict[str, str]) -> ThirdPartyWork:
    cause, labour, parts = said["third_party_cause"], said["third_party_labor"], said["third_party_parts"]
    if not (cause or labour or parts):
        return _NO_WORK
    return ThirdPartyWork(
        _word("third_party_cause", cause, CAUSES),
        _fen("third_party_labor", labour) if labour else 0,
        tuple(_part(text) for text in split_list(parts)),
    )


def _part(text: str) -> tuple[str, int, int]:
    """`名称:单价` or `名称:单价×数量`, split at the last colon."""
    name, colon, figures = text.replace("：", ":").rpartition(":")
    if not colon:
        raise RowRefusedError(f"third_party_parts: “{text}”没有单价，应为 名称:单价 或 名称:单价×数量")
    price, times, quantity = figures.replace("x", "×").partition("×")
    fen = _fen("third_party_parts", price.strip())
    return name.strip(), fen, _whole("third_party_parts", quantity.strip()) if times else 1


def split_list(text: str) -> list[str]:
    """The pieces of a cell that holds several, joined by ; in either width."""
    return [piece.strip() for piece in text.replace("；", ";").split(";") if piece.strip()]


def _moment(column: str, text: str) -> int:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise RowRefusedError(f"{column}: 看不懂时间“{text}”") from error


def _fen(column: str, text: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise RowRefusedError(f"{column}: 看不懂金额“{text}”")
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _whole(column: str, text: str) -> int:
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise RowRefusedError(f"{column}: “{text}”不是大于 0 的整数")
    return int(found[1])


def _word(column: str, text: str, words: Mapping[str, W]) -> W:
    try:
        return words[text]
    except KeyError as error:
        raise RowRefusedError(f"{column}: 不认识“{text}”") from error


def folded(name: str) -> str:
    """A name as it is compared: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())
