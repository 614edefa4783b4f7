"""安全事件 (五, 七, 九.3, 附二, 附四): accidents at work and breaches of secrecy.

A breach of secrecy gives 甲方 the right to end the contract (九.3): it stands in the settlement exactly
once, as long as the entry stands and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations import contract_ledger
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Choice, Moment, PersonOf, SiteOf, Text, Values, Yuan
from dispatch_app.operations.registers.register import (
    WITHDRAW,
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    Written,
    chosen,
    empty,
)
from dispatch_app.operations.registers.rules import must_be_present

ACCIDENT, SECRECY, HAZARD = "accident", "secrecy", "hazard"
KINDS = {ACCIDENT: "安全事故", SECRECY: "违反保密条款", HAZARD: "隐患"}
REPORT = "report"
_TOLD = (ACCIDENT, SECRECY)
"""Kinds that 甲方 must be told of."""


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """What 甲方 has not been told of."""
    untold = values["kind"] in _TOLD and "reported_at" not in values
    return {"reported_at": Tone.BREACHED} if untold else {}


def check(made: Check) -> None:
    """An accident says what was done; nobody is told of what had not happened yet."""
    must_be_present(made, "person", "at")
    values = made.after
    if values["kind"] == SECRECY and "clause" not in values:
        raise KnownError("没有写违反了哪一条", "写条款，例如 附二(二)、附四 三", "clause")
    if "reported_at" in values and int(values["reported_at"]) < int(values["at"]):
        raise KnownError("上报早于发生", "核对发生时间和上报时间", "reported_at")
    if made.action == REPORT and "reported_at" not in values:
        raise KnownError("没有写上报时间", "写告知甲方的时刻", "reported_at")


def follow(job: Job, written: Written) -> Changes:
    """Keep the settlement in step: one fact while the entry is a breach of secrecy, none otherwise."""
    stated = _stated(written) if written.after["kind"] == SECRECY else None
    return _in_step(job, written, stated)


def stands(job: Job, written: Written) -> Changes:
    """What is withdrawn gives no right to end the contract any more; restored, it does again."""
    return _in_step(job, written, None) if written.action == WITHDRAW else follow(job, written)


def _in_step(job: Job, written: Written, wanted: contract_ledger.RecordSecrecyBreach | None) -> Changes:
    known = contract_ledger.secrecy_breach_of(job.session, written.entry_id)
    if known is not None and known[1] == wanted:
        return Changes()
    changes = Changes()
    if known is not None:
        changes = contract_ledger.take_back(job, known[0], f"安全事件 {written.number} 已更正或作废")
    if wanted is not None:
        changes = contract_ledger.secrecy_breach(job, wanted)
    return Changes(settings=changes.settings, message=changes.message and f"{changes.message}（九.3）")


def _stated(written: Written) -> contract_ledger.RecordSecrecyBreach:
    values = written.after
    return contract_ledger.RecordSecrecyBreach(
        # A breach counts from when it happened, whether or not anybody has written a letter about it.
        document=str(values.get("document", written.number)),
        note=f"{written.number} {values['clause']}",
        at=int(values["at"]),
        incident=written.entry_id,
    )


def _untold(values: Values) -> tuple[str, str] | None:
    return ("已经上报甲方", "上报时间写错的，请更正") if "reported_at" in values else None


INCIDENTS = Register(
    key="incidents",
    title="安全事件",
    code="AQ",
    counted="起事件",
    clause="五、七、九.3",
    purpose="登记安全事故、违反保密条款和隐患：违反保密条款会记入结算，甲方由此有权解除合同",
    columns=(
        Column("kind", "类别", Choice(KINDS), width=112, required=True),
        Column("at", "发生时间", Moment(), width=136, required=True, usual="现在"),
        Column("site", "站点", SiteOf(), width=160),
        Column("place", "地点", Text(longest=80), width=120, shown=False),
        Column("person", "当事人", PersonOf(), width=88),
        Column("others", "其他人", Text(longest=120), width=120, shown=False),
        Column("clause", "违反条款", Text(longest=40), width=104, hint="违反保密条款的必填，例如 附二(二)"),
        Column("what", "经过", Text(longest=2000, lines=True), width=260, required=True),
        Column("injured", "人员伤亡", Text(longest=200), width=112, usual="无"),
        Column("damage", "损失（元）", Yuan(), width=104),
        Column("measures", "处理措施", Text(longest=2000, lines=True), width=200),
        Column("reported_at", "上报甲方", Moment(), width=136),
        Column("document", "文件编号", Text(longest=48), width=120),
    ),
    views=(
        View(
            "untold",
            "未上报",
            lambda _now: (chosen("kind", KINDS, *_TOLD), empty("reported_at")),
            pressing=True,
        ),
        View("accidents", "安全事故", lambda _now: (chosen("kind", KINDS, ACCIDENT),)),
        View("secrecy", "保密", lambda _now: (chosen("kind", KINDS, SECRECY),)),
    ),
    actions=(
        Action(REPORT, "上报甲方", ("reported_at", "document"), "已记上报", _untold, {"reported_at": "现在"}),
    ),
    sort="at",
    descending=True,
    confidential=True,
    check=check,
    follow=follow,
    follows=True,
    stands=stands,
    tones=tones,
)
