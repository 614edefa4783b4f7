"""What happened to the contract rather than to a fault, and what was said about a breach."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.clocks import assess_fault
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, OnBreach
from dispatch_app.contract.tally import (
    Claimed,
    Compensation,
    ContractFacts,
    Paid,
    Party,
    SecrecyBreach,
    Terminated,
)
from dispatch_app.models import DeskEvent, RegisterCell
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.fault_checks import fault_and_case, yuan
from dispatch_app.operations.fault_moves import record
from dispatch_app.operations.job import Job
from dispatch_app.operations.projection import plant_sites
from dispatch_app.operations.words import CLAUSE_WORDS, FACT_WORDS

SUBJECT = "contract"
LEDGER = "ledger"
"""Subject id of the desk facts this module writes."""
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DisputeBreach:
    """申辩 on a breach; it still counts. `clause`: "9.1", "9.2" or "4.6"; `at`: which of several, by its
    moment, epoch seconds; `document`: number of the letter it rests on."""

    fault_id: str
    clause: str
    cycle: int
    document: str
    at: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiveBreach:
    """豁免 of a breach by 甲方; the sum is shown and subtracted. Fields as for `DisputeBreach`."""

    fault_id: str
    clause: str
    cycle: int
    document: str
    at: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordClaim:
    """A claim (九.4). `amount` in yuan as typed, empty where no loss was named; only accepted ones count."""

    clause: str
    by: Party
    amount: str
    document: str
    accepted: bool
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordSecrecyBreach:
    """A breach of 附二 or 附四: it opens the right to terminate (九.3).

    `incident`: id of the entry among the 安全事件 that tells of it; empty where there is none.
    """

    document: str
    note: str = ""
    at: int | None = None
    incident: str = ""


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """甲方 paid. `amount` in yuan as typed."""

    amount: str
    document: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordTermination:
    """The contract was terminated by one side."""

    by: Party
    document: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordCompensation:
    """Compensation one side owes. `amount` in yuan as typed; only accepted ones count."""

    owed_by: Party
    amount: str
    document: str
    accepted: bool
    at: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawContractFact:
    """Say that something recorded here did not happen. Both stay on record."""

    fact_id: str
    reason: str


def dispute(job: Job, command: DisputeBreach) -> Changes:
    """Record 申辩 on a breach that there is."""
    return _on_breach(job, command, FactKind.DISPUTED)


def waive(job: Job, command: WaiveBreach) -> Changes:
    """Record 豁免 of a breach that there is."""
    return _on_breach(job, command, FactKind.WAIVED)


def claim(job: Job, command: RecordClaim) -> Changes:
    amount = str(yuan(command.amount, "主张金额", "amount")) if command.amount.strip() else None
    payload = {
        "clause": command.clause,
        "by": command.by.value,
        "amount": amount,
        "accepted": command.accepted,
    }
    return _append(job, "claimed", command.document, command.at, payload, "已记违约主张")


def secrecy_breach(job: Job, command: RecordSecrecyBreach) -> Changes:
    payload = {"note": command.note} | ({"incident": command.incident} if command.incident else {})
    return _append(job, "secrecy_breach", command.document, command.at, payload, "已记违反保密条款")


def payment(job: Job, command: RecordPayment) -> Changes:
    amount = str(yuan(command.amount, "付款金额", "amount"))
    changes = _append(job, "paid", command.document, command.at, {"amount": amount}, f"已记付款 {amount} 元")
    day = date_of(job.now if command.at is None else command.at).isoformat()
    invoiced = select(RegisterCell.id).where(
        RegisterCell.register == "invoices",
        RegisterCell.column == "dated",
        RegisterCell.key <= day,
    )
    if job.session.scalar(invoiced.limit(1)) is None:
        said = f"{changes.message}；付款前没有登记发票（八.3），请在登记簿的发票里补登"
        return replace(changes, message=said)
    return changes


def termination(job: Job, command: RecordTermination) -> Changes:
    return _append(job, "terminated", command.document, command.at, {"by": command.by.value}, "已记解除合同")


def compensation(job: Job, command: RecordCompensation) -> Changes:
    amount = str(yuan(command.amount, "赔偿金额", "amount"))
    payload = {"owed_by": command.owed_by.value, "amount": amount, "accepted": command.accepted}
    return _append(job, "compensation", command.document, command.at, payload, f"已记赔偿 {amount} 元")


def withdraw(job: Job, command: WithdrawContractFact) -> Changes:
    """Take an entry back; doing so again does nothing."""
    if not command.reason.strip():
        raise KnownError("没有写撤回的原因", "请写明原因，两条记录都会保留", "reason")
    row = next((row for row in _entries(job.session) if row.id == command.fact_id), None)
    if row is None:
        raise KnownError("找不到要撤回的记录", "它可能已经撤回，请刷新后再看")
    if json.loads(row.payload).get("incident"):
        raise KnownError("这条由安全事件记入，不在这里撤回", "请在登记簿的安全事件里更正或作废那一起")
    return take_back(job, command.fact_id, command.reason.strip())


def take_back(job: Job, fact_id: str, reason: str) -> Changes:
    """Record that an entry, which stands, does not hold."""
    created = job.work.append_desk_fact(SUBJECT, LEDGER, WITHDRAWN, {"of": fact_id, "reason": reason})
    return Changes(settings=frozenset({"contract"}), message="已撤回这条记录", created=created)


def secrecy_breach_of(session: Session, incident: str) -> tuple[str, RecordSecrecyBreach] | None:
    """Fact id and content of the breach that an incident stands for at present, or None."""
    for row in _entries(session):
        says = json.loads(row.payload)
        if says.get("incident") == incident:
            return row.id, RecordSecrecyBreach(says["document"], says["note"], row.at, incident)
    return None


def contract_facts(session: Session) -> ContractFacts:
    """Everything recorded of the contract that was not taken back; one statement."""
    found: dict[str, list[Any]] = {kind: [] for kind in _READ}
    for row in _entries(session):
        found[row.kind].append(_READ[row.kind](row.at, json.loads(row.payload)))
    return ContractFacts(
        claims=tuple(found["claimed"]),
        secrecy_breaches=tuple(found["secrecy_breach"]),
        payments=tuple(found["paid"]),
        terminations=tuple(found["terminated"]),
        compensations=tuple(found["compensation"]),
    )


def _on_breach(job: Job, command: DisputeBreach | WaiveBreach, kind: FactKind) -> Changes:
    row, case = fault_and_case(job, command.fault_id)
    word = FACT_WORDS[kind]
    if not command.document.strip():
        raise KnownError(f"{word}没有写文号", "请填来往文件的编号，结算表会一并打印", "document")
    if command.clause not in CLAUSE_WORDS:
        raise KnownError(f"没有 {command.clause} 这种违约", f"可选：{'、'.join(CLAUSE_WORDS)}", "clause")
    detail = OnBreach(
        command.clause, command.cycle, command.at, command.document.strip(), command.note.strip()
    )
    plant = row.site_id in plant_sites(job.session)
    known = assess_fault(case.facts, job.law.terms, job.now, plant=plant).penalties
    if all((one.clause, one.cycle) != (command.clause, command.cycle) for one in known):
        raise KnownError(
            f"{row.number} 现在没有{CLAUSE_WORDS[command.clause]}的违约", "请在结算表里选定那一笔再操作"
        )
    return record(job, row, case, [(kind, job.now, detail)], f"{row.number} {command.clause} 已记{word}")


def _append(
    job: Job, kind: str, document: str, at: int | None, payload: dict[str, Any], message: str
) -> Changes:
    if not document.strip():
        raise KnownError("没有写文件编号", "请填所依据文件的编号", "document")
    happened = job.now if at is None else at
    if happened > job.now:
        raise KnownError("这个时间还没有到", "请填不晚于现在的时间", "at")
    payload |= {"document": document.strip()}
    created = job.work.append_desk_fact(SUBJECT, LEDGER, kind, payload, happened)
    return Changes(settings=frozenset({"contract"}), message=message, created=created)


def _entries(session: Session) -> list[DeskEvent]:
    """Entries that stand, in order of commit."""
    rows = session.scalars(
        select(DeskEvent)
        .where(DeskEvent.subject == SUBJECT, DeskEvent.subject_id == LEDGER)
        .order_by(DeskEvent.seq)
    ).all()
    gone = {json.loads(row.payload)["of"] for row in rows if row.kind == WITHDRAWN}
    return [row for row in rows if row.kind != WITHDRAWN and row.id not in gone]


def _claimed(at: int, says: dict[str, Any]) -> Claimed:
    amount = None if says["amount"] is None else Decimal(says["amount"])
    return Claimed(at, says["clause"], Party(says["by"]), amount, says["document"], says["accepted"])


def _compensation(at: int, says: dict[str, Any]) -> Compensation:
    return Compensation(
        at, Party(says["owed_by"]), Decimal(says["amount"]), says["document"], says["accepted"]
    )


_READ = {
    "claimed": _claimed,
    "secrecy_breach": lambda at, says: SecrecyBreach(at, says["document"], says["note"]),
    "paid": lambda at, says: Paid(at, Decimal(says["amount"]), says["document"]),
    "terminated": lambda at, says: Terminated(at, Party(says["by"]), says["document"]),
    "compensation": _compensation,
}
