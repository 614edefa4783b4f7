"""续签申请 (十.2): handed in during the 30 working days before the end, answered within 3 working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms
from dispatch_app.contract.workdays import decision_due, renewal_window
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.registers.kinds import Choice, Day, Text, Value, Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    Written,
    before_day,
    empty,
    filled,
)
from dispatch_app.operations.registers.rules import must_not_lie_ahead

SUBMIT, ANSWER = "submit", "answer"
REPLIES = {"agreed": "同意续签", "refused": "不续签"}


def must_be_in_window(day: date, terms: Terms, what: str, column: str = "") -> None:
    """Whether an application may be made on a day.

    Args:
        what: What is being done, for the refusal: `起草`.

    Raises:
        KnownError: It is too early or too late; the refusal says by how many days.
    """
    window = renewal_window(terms)
    if window.first <= day <= window.last:
        return
    span = f"{window.first.isoformat()} 至 {window.last.isoformat()}"
    if day < window.first:
        how = f"还早 {(window.first - day).days} 天"
        remedy = f"到 {window.first.isoformat()} 再{what}{window.note and f'（{window.note}）'}"
    else:
        how = f"已过 {(day - window.last).days} 天"
        remedy = "合同已经到期，续签须与甲方另行协商（十一.2）"
    raise KnownError(f"不在续签申请期内（{span}，十.2），{how}", remedy, column)


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """An answer that is due or came late."""
    if "due" not in values:
        return {}
    due = str(values["due"])
    if "replied" in values:
        return {"replied": Tone.BREACHED} if str(values["replied"]) > due else {}
    return {"due": Tone.SOON if today.isoformat() <= due else Tone.BREACHED}


def check(made: Check) -> None:
    """Handed in inside the window, answered after that."""
    values = made.after
    if made.action == SUBMIT and "submitted" not in values:
        raise KnownError("没有写递交日期", "写交给甲方的那一天", "submitted")
    if made.action == ANSWER:
        for column, word in (("reply", "甲方的答复"), ("replied", "答复日期")):
            if column not in values:
                raise KnownError(f"没有写{word}", "照甲方的书面答复填写", column)
    must_not_lie_ahead(made, "submitted", "replied")
    if "submitted" in values:
        submitted = date.fromisoformat(str(values["submitted"]))
        if made.changed("submitted"):
            must_be_in_window(submitted, made.law.terms, "递交", "submitted")
        if str(values.get("replied", values["submitted"])) < str(values["submitted"]):
            raise KnownError("答复早于递交", "核对递交日期和答复日期", "replied")
    elif "replied" in values:
        raise KnownError("申请还没有递交，不会有答复", "先记递交，再记答复", "replied")


def fill(law: Law, _lookup: Lookup, _before: Values, after: Values) -> Values:
    """Until when 甲方 decides: three working days, make-up days among them."""
    if "submitted" not in after:
        return {}
    return {"due": decision_due(date.fromisoformat(str(after["submitted"])), law.terms).day.isoformat()}


def derive(values: Values) -> Mapping[str, Value | None]:
    """Where nothing was handed in no answer is due."""
    return {} if "submitted" in values else {"due": None}


def follow(job: Job, written: Written) -> Changes:
    """Say when the answer is due."""
    if "due" not in written.after or written.before.get("due") == written.after["due"]:
        return Changes()
    due = decision_due(date.fromisoformat(str(written.after["submitted"])), job.law.terms)
    return Changes(message=f"甲方应在 {due.day.isoformat()} 前答复（十.2）{due.note and f'，{due.note}'}")


def _not_submitted(values: Values) -> tuple[str, str] | None:
    return ("申请已经递交", "日期写错的，请更正") if "submitted" in values else None


def _not_answered(values: Values) -> tuple[str, str] | None:
    if "submitted" not in values:
        return "申请还没有递交", "先记递交，再记答复"
    return ("甲方已经答复", "写错的，请更正") if "replied" in values else None


RENEWALS = Register(
    key="renewals",
    title="续签申请",
    code="XQ",
    counted="份申请",
    clause="十.2",
    purpose="合同到期前 30 个工作日内向甲方递交书面续签申请，甲方 3 个工作日内决定；申请书在合同页起草",
    naming="letter",
    columns=(
        Column("letter", "申请文号", Text(longest=48), width=160, required=True, unique=True),
        Column("dated", "成文日期", Day(), width=104, required=True, usual="今天"),
        Column("submitted", "递交日期", Day(), width=104, entered=False),
        Column("taker", "甲方签收人", Text(longest=32), width=112, entered=False),
        Column("due", "应答复于", Day(), width=104, entered=False, derived=True),
        Column("reply", "答复", Choice(REPLIES), width=96, entered=False),
        Column("replied", "答复日期", Day(), width=104, entered=False),
        Column("reply_document", "答复文号", Text(longest=48), width=140, entered=False),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View("drafted", "未递交", lambda _now: (empty("submitted"),)),
        View("waiting", "待答复", lambda _now: (filled("submitted"), empty("replied"))),
        View("overdue", "逾期未答复", lambda now: (empty("replied"), before_day("due", now)), pressing=True),
    ),
    actions=(
        Action(SUBMIT, "递交", ("submitted", "taker"), "已记递交", _not_submitted, {"submitted": "今天"}),
        Action(
            ANSWER,
            "答复",
            ("reply", "replied", "reply_document"),
            "已记答复",
            _not_answered,
            {"replied": "今天"},
        ),
    ),
    sort="dated",
    descending=True,
    check=check,
    fill=fill,
    derive=derive,
    follow=follow,
    tones=tones,
)
