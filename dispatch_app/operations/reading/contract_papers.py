"""How payment, invoice (八.3) and renewal (十.2) stand."""

from __future__ import annotations

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.money import ZERO, to_yuan
from dispatch_app.operations.contract_ledger import contract_facts
from dispatch_app.operations.people_rows import ContractPapers, Said
from dispatch_app.operations.reading.people_overview import standing
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers import invoices, renewals
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.register import Tone


def contract_papers(view: View) -> ContractPapers:
    """Every payment is held against the invoices made until then."""
    made = [values for _, values in standing(view.session, invoices.INVOICES.key)]
    payments = contract_facts(view.session).payments
    first = min((str(values["dated"]) for values in made), default="")
    days = sorted(date_of(one.at).isoformat() for one in payments)
    window, open_now = _window(view)
    return ContractPapers(
        invoices=len(made),
        invoiced=to_yuan(sum(int(values["amount"]) for values in made)),
        paid=sum((one.amount for one in payments), ZERO),
        uncovered=tuple(day for day in days if not first or day < first),
        renewal=_renewal(view),
        window=window,
        open_now=open_now,
    )


def _renewal(view: View) -> Said:
    found = standing(view.session, renewals.RENEWALS.key)
    if not found:
        return Said()
    _, values = found[-1]
    tones = renewals.tones(values, date_of(view.now))
    return Said(f"{values['letter']}，{_stage(values)}", next(iter(tones.values()), Tone.QUIET))


def _stage(values: Values) -> str:
    if "replied" in values:
        late = "，晚于应答复日" if str(values["replied"]) > str(values["due"]) else ""
        return f"{values['replied']} 甲方{renewals.REPLIES[str(values['reply'])]}{late}"
    if "submitted" in values:
        return f"{values['submitted']} 递交，甲方应在 {values['due']} 前答复"
    return "还没有递交"


def _window(view: View) -> tuple[str, bool]:
    try:
        renewals.must_be_in_window(date_of(view.now), view.law.terms, "起草")
    except KnownError as refusal:
        return refusal.message, False
    return "现在可以递交续签申请", True
