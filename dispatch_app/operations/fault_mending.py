"""更正 and 撤回: what was written stays, a further fact says what counts instead."""

from __future__ import annotations

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Amended, Corrected, Fact, FactKind, Source, Zone
from dispatch_app.contract.history import EffectiveFact
from dispatch_app.contract.moves import check_correction
from dispatch_app.models import Fault
from dispatch_app.operations.case import Case
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.fault_checks import check_version, fault_and_case, staff_touched, when
from dispatch_app.operations.faults import AmendFault, CorrectFact, UndoFacts
from dispatch_app.operations.job import Job
from dispatch_app.operations.projection import NewFact, append
from dispatch_app.operations.sites import site
from dispatch_app.operations.typed_text import clean
from dispatch_app.operations.words import FACT_WORDS, FAULT_CAUSES, FIELD_WORDS, SOURCE_WORDS, ZONE_WORDS

UNDONE = "撤回"
"""Reason of the corrections that a 撤回 writes."""
WEIGHTY = frozenset({"site", "zone", "emergency", "source"})
"""Fields that clocks and sums depend on: nobody changes them without saying why."""
_CODES = {
    "zone": frozenset(Zone),
    "source": frozenset(Source),
    "emergency": frozenset({"0", "1"}),
    "hardware": frozenset({"0", "1"}),
    "cause": frozenset({"", *FAULT_CAUSES}),
}
_WORDS = {
    "zone": tuple(ZONE_WORDS.values()),
    "source": tuple(SOURCE_WORDS.values()),
    "cause": tuple(FAULT_CAUSES.values()),
}
_FREE = frozenset({"caller", "unit", "callback", "line", "symptom", "room", "device"})


def correct(job: Job, command: CorrectFact) -> Changes:
    """Give a fact another time, or say that it did not happen; saying again what counts does nothing.

    Raises:
        KnownError: No reason, no such fact, or what is left could not have happened.
    """
    row, case = fault_and_case(job, command.fault_id)
    check_version(
        row,
        case,
        command.expected_version,
        lambda fact: isinstance(fact.detail, Corrected) and fact.detail.of == command.fact_id,
    )
    item = _item(case, command.fact_id)
    if command.new_at is None:
        _check_no_registration(item.fact)
    if not clean(command.reason):
        raise KnownError("没有写更正的原因", "请写明原因，它会和更正一起打印", "reason")
    if (item.voided and command.new_at is None) or (not item.voided and command.new_at == item.at):
        return Changes(message=f"{row.number} 的{FACT_WORDS[item.kind]}已是这样")
    check_correction(command.fact_id, command.new_at, case.facts, job.now)
    says = "作废" if command.new_at is None else f"改为 {when(command.new_at, job.now)}"
    message = f"{row.number} {FACT_WORDS[item.kind]}已更正：{says}"
    return _correct(job, row, case, [(command.fact_id, command.new_at)], clean(command.reason), message)


def amend(job: Job, command: AmendFault) -> Changes:
    """Change a field of the report; a new site brings its name and zone along. No change does nothing."""
    row, case = fault_and_case(job, command.fault_id)
    check_version(
        row,
        case,
        command.expected_version,
        lambda fact: isinstance(fact.detail, Amended) and fact.detail.field == command.field,
    )
    after = clean(command.after)
    if command.field == "site":
        wanted = _site_fields(job, after)
    else:
        wanted = {command.field: _accepted(command.field, after)}
    changed = {name: value for name, value in wanted.items() if case.fields[name] != value}
    if not changed:
        return Changes(message=f"{row.number} 的{FIELD_WORDS[command.field]}没有变")
    reason = clean(command.reason)
    if not reason and (command.field in WEIGHTY or case.fields[command.field]):
        raise KnownError(
            f"没有写更正{FIELD_WORDS[command.field]}的原因", "请写明原因，它会和更正一起打印", "reason"
        )
    facts: list[NewFact] = [
        (FactKind.AMENDED, job.now, Amended(name, case.fields[name], value, reason or "补充"))
        for name, value in changed.items()
    ]
    ids = append(job, row.id, facts, before=case)
    message = f"{row.number} {FIELD_WORDS[command.field]}已更正"
    return Changes(
        faults=frozenset({row.id}),
        staff=staff_touched(case, facts),
        sites=frozenset({case.fields["site"], row.site_id}),
        message=message,
        undo=UndoTicket(message, UndoFacts(row.id, ids)),
    )


def undo(job: Job, command: UndoFacts) -> Changes:
    """Take back exactly these facts; those taken back already are left alone.

    Raises:
        KnownError: One of them is the registration, or what was written since rests on them.
    """
    row, case = fault_and_case(job, command.fault_id)
    items = [_item(case, fact_id) for fact_id in command.fact_ids]
    for item in items:
        _check_no_registration(item.fact)
    standing = [item for item in reversed(items) if not item.voided]
    if not standing:
        return Changes(faults=frozenset({row.id}), message=f"{row.number} 的这一步已经撤回过")
    for item in standing:
        check_correction(item.fact.id, None, case.facts, job.now)
    words = "、".join(dict.fromkeys(FACT_WORDS[item.kind] for item in reversed(standing)))
    targets: list[tuple[str, int | None]] = [(item.fact.id, None) for item in standing]
    return _correct(job, row, case, targets, UNDONE, f"{row.number} 已撤回：{words}")


def _correct(
    job: Job, row: Fault, case: Case, targets: list[tuple[str, int | None]], reason: str, message: str
) -> Changes:
    facts: list[NewFact] = [
        (FactKind.CORRECTED, job.now, Corrected(fact_id, new_at, reason)) for fact_id, new_at in targets
    ]
    meant = [(fact.kind, fact.at, fact.detail) for fact in case.facts if fact.id in dict(targets)]
    ids = append(job, row.id, facts, before=case)
    return Changes(
        faults=frozenset({row.id}),
        staff=staff_touched(case, meant),
        sites=frozenset({case.fields["site"], row.site_id}),
        message=message,
        undo=None if reason == UNDONE else UndoTicket(message, UndoFacts(row.id, ids)),
    )


def _item(case: Case, fact_id: str) -> EffectiveFact:
    for item in case.course.timeline:
        if item.fact.id == fact_id:
            return item
    raise KnownError("找不到要更正的这条记录", "请在时间线里重新选择")


def _check_no_registration(fact: Fact) -> None:
    if fact.kind is FactKind.REPORTED:
        raise KnownError("登记不能撤回", "如系误登，请销单并选「误报」，编号会保留")


def _site_fields(job: Job, site_id: str) -> dict[str, str]:
    place = site(job, site_id)
    return {"site": place.id, "site_name": place.name, "zone": place.zone}


def _accepted(field: str, after: str) -> str:
    if field in _CODES:
        if after not in _CODES[field]:
            words = _WORDS.get(field, ("是", "否"))
            raise KnownError(f"{FIELD_WORDS[field]}没有这一项", f"可选：{'、'.join(words)}", field)
    elif field not in _FREE:
        raise KnownError(
            "这一项不能更正", f"可更正：{'、'.join(FIELD_WORDS[name] for name in sorted(_FREE))}"
        )
    if field == "symptom" and not after:
        raise KnownError("现象不能为空", "请写一句现象", field)
    return after
