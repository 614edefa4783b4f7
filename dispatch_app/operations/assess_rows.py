"""One row of a call log: read, refused or judged by the same core as a fault on the desk.

Times: epoch seconds UTC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
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


class Said(NamedTuple):
    """The cells of a row that are no milestones, blanks stripped; empty where the log has no such column."""

    call_no: str
    reported_at: str
    zone: str
    site: str
    emergency: str
    procedure: str
    cycle: str
    source: str
    cancel_kind: str
    unreachable_at: str
    group: str
    third_party_cause: str
    third_party_labor: str
    third_party_parts: str


class RowRefusedError(Exception):
    """A row is not assessed. The text begins with the English column name."""


@dataclass(frozen=True, slots=True)
class ThirdPartyWork:
    """What a row says on third-party work; sums in fen, parts as (name, unit price, quantity)."""

    cause: ThirdPartyCause
    labour_fen: int
    parts: tuple[tuple[str, int, int], ...]


# Python 3.11 looks a member up through two descriptors each time, and every row asks for these.
_OUTLYING, _FALSE_ALARM = Zone.OUTLYING, CancelKind.FALSE_ALARM
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
        self._width = max(columns.values()) + 1
        # A column that the log does not have is read from the blank that `judge` puts after the last cell.
        self._said = itemgetter(*(columns.get(name, -1) for name in Said._fields))
        self._everything = itemgetter(*(columns.get(name, -1) for name in COLUMNS))
        self._milestones = itemgetter(*(columns.get(name, -1) for name in MILESTONES))
        self._accepted: dict[tuple[str, int], LogCall] = {}

    def call_no(self, cells: Sequence[str]) -> str:
        """The call number of a row, empty if it has none."""
        return cells[self._call_no].strip() if self._call_no < len(cells) else ""

    def judge(self, row: int, cells: Sequence[str]) -> LogCall:
        """The call of a row, remembered for those below it.

        Raises:
            RowRefusedError: The row cannot be assessed.
        """
        text = self._texts(cells)
        said = Said._make(self._said(text))
        call_no = said.call_no
        if not call_no:
            raise RowRefusedError("call_no: 没有单号")
        if not said.reported_at:
            raise RowRefusedError("reported_at: 没有接报时间")
        start = _moment("reported_at", said.reported_at)
        zone, plant = self._zone(said)
        anomalies: list[str] = []
        times = self._times(self._milestones(text), start, anomalies)
        work = _third_party(said)
        cycle = _whole("cycle", said.cycle) if said.cycle else 1
        source = _word("source", said.source, SOURCES)
        unreachable = self._unreachable(said.unreachable_at, anomalies) if said.unreachable_at else ()
        emergency = _word("emergency", said.emergency, EMERGENCY)
        cycle_times = self._cycle_times(said, start, zone, plant, source, times)
        self._check_place(call_no, cycle, start)
        judged = cycle_clocks(cycle_times, self._terms.rules, self._as_of)
        in_term = self._terms.in_term(start)
        penalties = self._penalties(cycle, start, in_term, judged, unreachable if emergency else (), work)
        *_, resolved, cancelled = times
        call = self._accepted[call_no, cycle] = LogCall(
            row,
            call_no,
            cycle,
            said.site,
            zone,
            start,
            min(resolved, cancelled),
            in_term,
            tuple(anomalies),
            judged,
            penalties,
            work,
        )
        return call

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """English column name → cell; empty where the log has no such column."""
        return dict(zip(COLUMNS, self._everything(self._texts(cells)), strict=True))

    def _texts(self, cells: Sequence[str]) -> list[str]:
        """The cells without blanks around them, and a blank one after the last."""
        text = list(map(str.strip, cells))
        text += [""] * max(self._width + 1 - len(text), 1)
        return text

    def _zone(self, said: Said) -> tuple[Zone, bool]:
        site = self._places.find(said.site) if said.site else None
        if said.zone:
            return _word("zone", said.zone, ZONES), site is not None and site[1]
        if site is not None:
            return site
        if said.site:
            raise RowRefusedError(f"site: 不认识站点“{said.site}”，又没有填区域")
        raise RowRefusedError("zone: 没有区域，也没有站点")

    def _times(self, texts: Sequence[str], start: int, anomalies: list[str]) -> list[int]:
        """The milestones in `MILESTONES`' order, `NEVER` for none; what does not count becomes an anomaly."""
        as_of = self._as_of
        if start > as_of:
            raise RowRefusedError("reported_at: 接报晚于截止时刻")
        times = [NEVER] * len(texts)
        for place, text in enumerate(texts):
            if text:
                try:
                    at = parse_moment(text)
                except ValueError as error:
                    raise _unreadable(MILESTONES[place], text) from error
                if start <= at <= as_of:
                    times[place] = at
                else:
                    when = "早于接报" if at < start else "晚于截止时刻"
                    anomalies.append(f"{MILESTONES[place]}: {text} {when}，不计")
        return times

    def _unreachable(self, said: str, anomalies: list[str]) -> Sequence[int]:
        counted = []
        for text in split_list(said):
            at = _moment("unreachable_at", text)
            if at > self._as_of:
                anomalies.append(f"unreachable_at: {text} 晚于截止时刻，不计")
            else:
                counted.append(at)
        return counted

    def _cycle_times(
        self, said: Said, start: int, zone: Zone, plant: bool, source: Source, times: Sequence[int]
    ) -> CycleTimes:
        procedure = _word("procedure", said.procedure, PROCEDURES)
        false_alarm = _word("cancel_kind", said.cancel_kind, CANCEL_KINDS) is _FALSE_ALARM
        assigned, acknowledged, departed, arrived, confirmed, repaired, reported, resolved, cancelled = times
        return CycleTimes(
            start,
            zone is _OUTLYING,
            plant,
            self._terms.rules.is_call(source),
            assigned,
            acknowledged,
            departed,
            arrived,
            () if confirmed == NEVER else ((confirmed, procedure),),
            repaired,
            reported,
            resolved,
            start if said.group else NEVER,
            not false_alarm and cancelled != NEVER,
            cancelled if false_alarm else NEVER,
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
        sent_late = judged[FIVE_HOURS][0] is BREACHED
        if not (sent_late or unreachable or work is not _NO_WORK):
            return ()
        rules = self._terms.rules
        found: list[tuple[str, int | None, int, tuple[str, ...]]] = [
            (UNREACHABLE, at, rules.unreachable_fen, ()) for at in unreachable
        ]
        if sent_late:
            found.append((NOBODY_SENT, judged[FIVE_HOURS][2], rules.nobody_sent_fen, ()))
        if work is not _NO_WORK:
            priced = [(price, quantity) for _, price, quantity in work.parts]
            cost = third_party_cost(work.cause, work.labour_fen, priced, rules)
            if cost.fen:
                found.append((THIRD_PARTY, None, cost.fen, (AT_THE_LINE,) if cost.at_line else ()))
        penalties = [
            Penalty(clause, cycle, start, at, to_yuan(fen), flags, in_term)
            for clause, at, fen, flags in found
        ]
        return tuple(sorted(penalties, key=lambda penalty: penalty.order))


def _third_party(said: Said) -> ThirdPartyWork:
    cause, labour, parts = said.third_party_cause, said.third_party_labor, said.third_party_parts
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
        raise _unreadable(column, text) from error


def _unreadable(column: str, text: str) -> RowRefusedError:
    return RowRefusedError(f"{column}: 看不懂时间“{text}”")


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


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as it is compared: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())
