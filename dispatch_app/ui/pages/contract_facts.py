"""The contract's facts as lines of the contract page, each with its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dispatch_app.contract.money import price_in_words
from dispatch_app.contract.terms import Contract, Terms
from dispatch_app.contract.workdays import decision_due, renewal_window
from dispatch_app.operations.rows import DaySummary


@dataclass(frozen=True, slots=True)
class ContractFact:
    """`warns`: something is wrong or runs out; `breached`: the contract does not stand like this."""

    label: str
    value: str
    clause: str
    warns: bool = False
    breached: bool = False


def yuan(amount: Decimal) -> str:
    """`160,000.00 元`."""
    return f"{amount:,.2f} 元"


def facts_of(terms: Terms, summary: DaySummary, today: date) -> tuple[ContractFact, ...]:
    """`today`: the day in Beijing."""
    contract = terms.contract
    return (
        ContractFact("甲方", _party(contract.client, contract.client_also), "首部"),
        ContractFact("乙方", _party(contract.contractor, contract.contractor_also), "首部"),
        ContractFact("合同价", f"{yuan(contract.price)}　{price_in_words(contract.price)}", "八.1、八.2"),
        _term(contract, summary),
        _renewal(terms, today),
        _technicians(contract, summary),
        ContractFact("服务电话", "　".join(contract.service_lines), "二.5"),
        _per_breach("联系不上（紧急）", contract.unreachable_sum, contract, "九.1"),
        _per_breach("五小时未派人", contract.nobody_sent_sum, contract, "九.2"),
        ContractFact(
            "其他违约",
            f"合同价的 {contract.general_breach_percent}%，即 {yuan(contract.general_breach_sum)}；"
            "损失更大的补足",
            "九.4",
        ),
        ContractFact(
            "零件", f"单价不超过 {yuan(contract.part_line)}的由乙方承担，超过的另计", "四.6、八.1(4)"
        ),
    )


def _technicians(contract: Contract, summary: DaySummary) -> ContractFact:
    short = contract.minimum_technicians - summary.employed_technicians
    words = f"不少于 {contract.minimum_technicians} 人，在职 {summary.employed_technicians} 人"
    return ContractFact(
        "技术人员", f"{words}，缺 {short} 人" if short > 0 else words, "二.2、附一", short > 0, short > 0
    )


def _party(name: str, also: str) -> str:
    return f"{name}（合同另有写作：{also}）" if also else name


def _term(contract: Contract, summary: DaySummary) -> ContractFact:
    left = summary.days_left
    remains = f"还有 {left} 天" if left >= 0 else f"已过期 {-left} 天"
    return ContractFact(
        "服务期", f"{contract.term_first} 至 {summary.term_last_day}，{remains}", "十.1", left < 0
    )


def _renewal(terms: Terms, today: date) -> ContractFact:
    window = renewal_window(terms)
    contract = terms.contract
    words = (
        f"书面申请 {window.first} 至 {window.last}（到期前 {contract.renewal_working_days} 个工作日内），"
        f"甲方 {contract.decision_working_days} 个工作日内决定"
    )
    if today < window.first:
        words += f"；距开始 {(window.first - today).days} 天"
    notes = [window.note]
    if today <= window.last:
        handed_in = max(today, window.first)
        reply = decision_due(handed_in, terms)
        words += f"。{handed_in} 递交的，最迟 {reply.day} 答复"
        notes.append(reply.note)
    for note in dict.fromkeys(filter(None, notes)):
        words += f"。{note}"
    return ContractFact("续签", words, "十.2", window.first <= today <= window.last)


def _per_breach(label: str, amount: Decimal, contract: Contract, clause: str) -> ContractFact:
    return ContractFact(label, f"每次 {yuan(amount)}；超过 {contract.count_limit} 次，甲方可解除合同", clause)
