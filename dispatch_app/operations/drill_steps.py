"""From an entry of a drill to the command a person would have given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID, uuid5

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Source
from dispatch_app.operations.contract_ledger import DisputeBreach, WaiveBreach
from dispatch_app.operations.documents import IssueWorkOrder
from dispatch_app.operations.drill_file import ACTION_OF, DrillDay, DrillEntry
from dispatch_app.operations.faults import (
    AmendFault,
    AssignFault,
    CancelFault,
    CorrectFact,
    GroupFaults,
    RecordMilestone,
    RecordThirdParty,
    RegisterFault,
    ReleaseEngineer,
)
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.special_reports import (
    DraftSpecialReport,
    EditSpecialReport,
    RecordInstruction,
    SubmitSpecialReport,
)
from dispatch_app.operations.staff import AVAILABILITIES, SetAvailability
from dispatch_app.operations.words import (
    CANCEL_WORDS,
    CAUSE_WORDS,
    CLAUSE_WORDS,
    FAULT_CAUSES,
    FIELD_WORDS,
    PROCEDURE_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    ZONE_WORDS,
)

Code = TypeVar("Code", bound=StrEnum)

NAMESPACE = UUID("6f1d2f0c-5a57-4b0e-9a3f-0b6f3b1c7a11")
"""Ids of a drill's faults and reports are made from its day and their names: the same in every run."""
VOID_WORDS = ("作废", "void")

KIND_OF: Mapping[str, FactKind] = MappingProxyType(
    {
        "register": FactKind.REPORTED,
        "assign": FactKind.ASSIGNED,
        "acknowledge": FactKind.ACKNOWLEDGED,
        "depart": FactKind.DEPARTED,
        "arrive": FactKind.ARRIVED,
        "confirm": FactKind.CONFIRMED,
        "start_repair": FactKind.REPAIR_STARTED,
        "submit_report": FactKind.SPECIAL_REPORT_SUBMITTED,
        "instruct": FactKind.INSTRUCTION_RECEIVED,
        "resolve": FactKind.RESOLVED,
        "close": FactKind.CLOSED,
        "reopen": FactKind.REOPENED,
        "cancel": FactKind.CANCELLED,
        "unreachable": FactKind.UNREACHABLE,
        "third_party": FactKind.THIRD_PARTY,
    }
)
"""Action → the fact it leaves."""


@dataclass(frozen=True, slots=True)
class DrillStep:
    """One entry about to be done. `writes`: of a 专报起草, the second step, which fills it in."""

    day: DrillDay
    entry: DrillEntry
    writes: bool = False

    def resolve(self, queries: Queries) -> object:
        """The command, with the ids and versions the desk has now.

        Raises:
            KnownError: The entry names what the desk does not know; the message names the entry.
        """
        return _MAKERS[self.entry.action](_Entry(self, queries))


def steps_of(day: DrillDay, entry: DrillEntry) -> tuple[DrillStep, ...]:
    """An entry as single commands: a 专报 is begun and then filled in."""
    if entry.action == "draft_report":
        return (DrillStep(day, entry), DrillStep(day, entry, writes=True))
    return (DrillStep(day, entry),)


def id_in(day: DrillDay, name: str) -> str:
    """The id a fault of that name has at the desk that plays the day."""
    return str(uuid5(NAMESPACE, f"{day.day.isoformat()}/{name}"))


class _Entry:
    """An entry with a look at the desk: it reads its own fields and finds what they name."""

    def __init__(self, step: DrillStep, queries: Queries) -> None:
        self.step = step
        self.queries = queries
        self.says = step.entry.says
        self.at = step.entry.happened_at
        self.action = step.entry.action

    @property
    def fault_id(self) -> str:
        return self.id_of(self.step.entry.fault)

    @property
    def report_id(self) -> str:
        return self.id_of(f"{self.step.entry.fault}/report")

    @property
    def version(self) -> int:
        return self.queries.fault_rows([self.fault_id])[0].version

    @property
    def report_version(self) -> int:
        return self.queries.special_report(self.report_id).version

    def id_of(self, name: str) -> str:
        return id_in(self.step.day, name)

    def text(self, field: str) -> str:
        return str(self.says.get(field, ""))

    def flag(self, field: str) -> bool:
        return self.says.get(field, False) is True

    def code(self, field: str, words: Mapping[Code, str]) -> Code:
        """The code a field names, by itself or by its Chinese word."""
        said = self.text(field)
        for code, word in words.items():
            if said in (code.value, word, word.removesuffix("程序")):
                return code
        raise self.refusal(f"{field} 没有「{said}」这一项", f"可用：{'、'.join(words.values())}")

    def engineer(self) -> str:
        """Staff id of the person named; empty if none is."""
        name = self.text("engineer")
        if not name:
            return ""
        for row in self.queries.staff():
            if row.name == name:
                return row.id
        raise self.refusal(f"名单上没有「{name}」", "请写名单上的姓名")

    def site(self, name: str) -> str:
        """Id of the site of that name, or of the only one it can mean."""
        found = self.queries.find_sites(name)
        for row in found:
            if fold(row.name) == fold(name) or len(found) == 1:
                return row.id
        listed = "、".join(row.name for row in found) or "没有一个相近"
        raise self.refusal(f"认不出站点「{name}」（{listed}）", "请写站点的全名")

    def time(self, field: str) -> int:
        try:
            return self.step.day.moment(self.text(field))
        except ValueError as error:
            raise self.refusal(f"{field} 不是时间", '请写成 "14:05"，或写 "作废"') from error

    def refusal(self, what: str, remedy: str) -> KnownError:
        return KnownError(f"演练{self.step.entry.place}：{what}", remedy)


def _register(entry: _Entry) -> object:
    return RegisterFault(
        answered_at=entry.at,
        site_id=entry.site(entry.text("site")),
        symptom=entry.text("symptom"),
        emergency=entry.flag("emergency"),
        hardware=entry.flag("hardware"),
        fault_id=entry.fault_id,
        source=entry.code("source", SOURCE_WORDS) if "source" in entry.says else Source.CLIENT,
        caller=entry.text("caller"),
        unit=entry.text("unit"),
        callback=entry.text("callback"),
        line=entry.text("line"),
        room=entry.text("room"),
        device=entry.text("device"),
    )


def _assign(entry: _Entry) -> object:
    return AssignFault(entry.fault_id, entry.engineer(), entry.version, entry.at)


def _release(entry: _Entry) -> object:
    return ReleaseEngineer(entry.fault_id, entry.engineer(), entry.text("reason"), entry.version)


def _milestone(entry: _Entry) -> object:
    procedure = entry.code("procedure", PROCEDURE_WORDS) if "procedure" in entry.says else None
    return RecordMilestone(
        entry.fault_id,
        KIND_OF[entry.action],
        entry.version,
        entry.at,
        procedure,
        entry.engineer(),
        entry.text("note"),
    )


def _cancel(entry: _Entry) -> object:
    of = entry.text("of")
    number = entry.queries.fault_rows([entry.id_of(of)])[0].number if of else ""
    kind = entry.code("kind", CANCEL_WORDS)
    return CancelFault(entry.fault_id, kind, entry.version, number, entry.text("note"), entry.at)


def _draft_report(entry: _Entry) -> object:
    if not entry.step.writes:
        return DraftSpecialReport(entry.fault_id, entry.report_id)
    row = entry.queries.special_report(entry.report_id)
    return EditSpecialReport(
        entry.report_id,
        row.version,
        device=entry.text("device"),
        model=entry.text("model"),
        serial=entry.text("serial"),
        parameters=entry.text("parameters"),
        estimate=entry.text("estimate"),
        cause=entry.text("cause"),
        advice=entry.text("advice"),
        signer=entry.text("signer") or row.signer,
    )


def _submit_report(entry: _Entry) -> object:
    return SubmitSpecialReport(entry.report_id, entry.report_version, entry.at)


def _instruct(entry: _Entry) -> object:
    text, document = entry.text("text"), entry.text("document")
    return RecordInstruction(entry.report_id, entry.report_version, text, document, entry.at)


def _third_party(entry: _Entry) -> object:
    parts = tuple(
        (str(part["name"]), str(part["price"]), int(part.get("quantity", 1)))
        for part in entry.says.get("parts", [])
    )
    cause = entry.code("cause", CAUSE_WORDS).value
    return RecordThirdParty(entry.fault_id, cause, entry.text("labour"), parts, entry.version, entry.at)


def _correct(entry: _Entry) -> object:
    kind = KIND_OF.get(ACTION_OF.get(entry.text("fact"), ""))
    named = entry.text("engineer")
    found = [
        item.fact_id
        for item in entry.queries.fault_detail(entry.fault_id).timeline
        if item.kind is kind and not item.voided and named in item.note
    ]
    if not found:
        raise entry.refusal(f"没有可更正的「{entry.text('fact')}」", "请核对动作与工程师，前面须有这一条")
    to = None if entry.text("to") in VOID_WORDS else entry.time("to")
    return CorrectFact(entry.fault_id, found[-1], to, entry.text("reason"), entry.version)


def _amend(entry: _Entry) -> object:
    names = {word: name for name, word in FIELD_WORDS.items()} | {name: name for name in FIELD_WORDS}
    field = names.get(entry.text("field"))
    if field is None:
        raise entry.refusal(
            f"没有「{entry.text('field')}」这一项内容", f"可用：{'、'.join(FIELD_WORDS.values())}"
        )
    after = entry.text("after")
    if field == "site":
        after = entry.site(after)
    elif field == "zone":
        after = entry.code("after", ZONE_WORDS).value
    elif field == "source":
        after = entry.code("after", SOURCE_WORDS).value
    elif field in ("emergency", "hardware"):
        after = "1" if after in ("是", "True", "1") else "0"
    return AmendFault(entry.fault_id, field, after, entry.text("reason"), entry.version)


def _state_cause(entry: _Entry) -> object:
    said = entry.text("cause")
    found = next((code for code, words in FAULT_CAUSES.items() if said in (code, words)), None)
    if found is None:
        raise entry.refusal(f"没有「{said}」这种故障原因", f"可用：{'、'.join(FAULT_CAUSES.values())}")
    return AmendFault(entry.fault_id, "cause", found, "", entry.version)


def _group(entry: _Entry) -> object:
    others = tuple(entry.id_of(str(name)) for name in entry.says["faults"])
    return GroupFaults((entry.fault_id, *others))


def _availability(entry: _Entry) -> object:
    state = entry.code("state", {state: STATE_WORDS[state] for state in AVAILABILITIES})
    return SetAvailability(entry.engineer(), state, entry.text("note"))


def _work_order(entry: _Entry) -> object:
    return IssueWorkOrder(entry.fault_id, entry.engineer())


def _on_breach(entry: _Entry) -> object:
    clause = entry.text("clause")
    if clause not in CLAUSE_WORDS:
        raise entry.refusal(f"没有 {clause} 这种违约", f"可用：{'、'.join(CLAUSE_WORDS)}")
    kind = DisputeBreach if entry.action == "dispute" else WaiveBreach
    cycle = entry.queries.fault_rows([entry.fault_id])[0].cycle
    return kind(entry.fault_id, clause, cycle, entry.text("document"), note=entry.text("note"))


_MAKERS: Mapping[str, Callable[[_Entry], object]] = MappingProxyType(
    {
        "register": _register,
        "assign": _assign,
        "release": _release,
        "acknowledge": _milestone,
        "depart": _milestone,
        "arrive": _milestone,
        "confirm": _milestone,
        "start_repair": _milestone,
        "draft_report": _draft_report,
        "submit_report": _submit_report,
        "instruct": _instruct,
        "resolve": _milestone,
        "close": _milestone,
        "reopen": _milestone,
        "cancel": _cancel,
        "unreachable": _milestone,
        "third_party": _third_party,
        "state_cause": _state_cause,
        "correct": _correct,
        "amend": _amend,
        "group": _group,
        "availability": _availability,
        "work_order": _work_order,
        "dispute": _on_breach,
        "waive": _on_breach,
    }
)
