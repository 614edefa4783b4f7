"""What was recorded of the contract itself, as lines: payments, claims, compensation, secrecy, endings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from dispatch_app.contract.tally import GENERAL_BREACH, Party
from dispatch_app.models import DeskEvent
from dispatch_app.operations.contract_ledger import LEDGER, SUBJECT, WITHDRAWN
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.settlement_rows import ContractEntryRow
from dispatch_app.operations.words import PARTY_WORDS, PRINTED_CLAUSES

_SECRECY, _TERMINATED = "九.3", "九.1–九.3"
ENTRY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "claimed": "索赔",
        "compensation": "赔偿",
        "paid": "付款",
        "secrecy_breach": "违反保密条款",
        "terminated": "解除合同",
    }
)


def contract_entries(view: View) -> tuple[ContractEntryRow, ...]:
    """Every entry, the latest first; what was taken back stays and says why. One statement."""
    events = view.session.scalars(
        select(DeskEvent)
        .where(DeskEvent.subject == SUBJECT, DeskEvent.subject_id == LEDGER)
        .order_by(DeskEvent.seq.desc())
    ).all()
    payloads = {event.id: json.loads(event.payload) for event in events}
    withdrawn = {
        payloads[event.id]["of"]: payloads[event.id]["reason"] for event in events if event.kind == WITHDRAWN
    }
    return tuple(
        _row(
            event, payloads[event.id], withdrawn.get(event.id, ""), view.law.terms.contract.general_breach_sum
        )
        for event in events
        if event.kind != WITHDRAWN
    )


def _row(event: DeskEvent, says: dict[str, Any], withdrawn: str, usual: Decimal) -> ContractEntryRow:
    party = says.get("by") or says.get("owed_by")
    amount = Decimal(says["amount"]) if says.get("amount") else None
    if event.kind == "claimed" and says["clause"] == GENERAL_BREACH:
        # 九.4: the usual sum, and a larger loss in its place.
        amount = max(amount or usual, usual)
    return ContractEntryRow(
        id=event.id,
        title=ENTRY_WORDS[event.kind],
        clause=_clause(event.kind, says),
        at=event.at,
        party=PARTY_WORDS[Party(party)] if party else "",
        amount=amount,
        document=says["document"],
        note=says.get("note", ""),
        accepted=says.get("accepted", True),
        withdrawn=withdrawn,
        operator=event.operator_name,
    )


def _clause(kind: str, says: dict[str, Any]) -> str:
    named = {"secrecy_breach": _SECRECY, "terminated": _TERMINATED, "paid": "八.2", "compensation": "八.4"}
    return named.get(kind) or PRINTED_CLAUSES.get(says["clause"], says["clause"])
