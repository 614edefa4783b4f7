"""请假: who is away from when to when, and who covers. They stay employed (二.2) but cannot be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.registers.kinds import Choice, Day, Flag, PersonOf, Text, Value, Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import (
    AMEND,
    RESTORE,
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    Written,
    before_day,
    empty,
    exactly,
    from_day,
)
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability, member, set_availability

KEY, BEGIN = "leaves", "begin"
KINDS = {
    "annual": "年假",
    "ill": "病假",
    "private": "事假",
    "shift": "调休",
    "family": "婚丧产假",
    "other": "其他",
}


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """Who should be away and is not said to be, and who should be back."""
    day = today.isoformat()
    if "back" not in values and str(values["until"]) < day:
        return {"until": Tone.BREACHED}
    return {"since": Tone.SOON} if _covers(values, day) and "begun" not in values else {}


def check(made: Check) -> None:
    """Days that can be, one leave at a time, and cover by somebody who is there."""
    must_be_present(made, "person", "since")
    must_be_present(made, "cover", "since")
    values = made.after
    if str(values["until"]) < str(values["since"]):
        raise KnownError("假期在开始之前就结束了", "核对起止日期，当天往返的两天写同一天", "until")
    if values.get("cover") == values["person"]:
        raise KnownError("代班的是请假的人自己", "另选一人代班，或先空着", "cover")
    for number, other in _others_away(made, str(values["person"])):
        raise KnownError(
            f"这几天已有假条 {number}（{other['since']} 至 {other['until']}）", "请更正那一张", "since"
        )
    if "cover" in values:
        for number, _ in _others_away(made, str(values["cover"])):
            raise KnownError(
                f"{made.text('cover')} 这几天也请了假（{number}）", "另选一人代班，或先空着", "cover"
            )
    if "begun" in values and made.changed("begun") and str(values["since"]) > made.today.isoformat():
        raise KnownError(f"{values['since']} 还没有到，假期还没有开始", "提前休的先更正起始日期", "since")
    if "back" in values and str(values["back"]) < str(values["since"]):
        raise KnownError("还没有开始请假就销假了", "没有休的假请作废这张假条", "back")


def fill(_law: Law, lookup: Lookup, _before: Values, after: Values) -> Values:
    """A leave written down while it lasts has begun."""
    return {"begun": True} if _covers(after, date_of(lookup.now).isoformat()) else {}


def derive(values: Values) -> Mapping[str, Value | None]:
    """A leave said not to have begun is one of which nothing was said."""
    return {} if values.get("begun") else {"begun": None}


def follow(job: Job, written: Written) -> Changes:
    """The desk sees who is away, from when a leave has begun."""
    # `entries` knows every register, this one too.
    from dispatch_app.operations.registers.entries import change

    today = date_of(job.now).isoformat()
    before, after = written.before, written.after
    was = str(before["person"]) if _open(before, today) else ""
    is_now = str(after["person"]) if _open(after, today) else ""
    if was == is_now:
        return Changes()
    # Only what this leave brought about is taken back: somebody may be away for another reason.
    back = _set(job, was, StaffState.STANDBY, written.number)
    away = _set(job, is_now, StaffState.ON_LEAVE, written.number)
    if "begun" in after and str(after["since"]) > today:
        change(job, written.entry_id, {"begun": None}, AMEND, "改期，还没有开始")
    message = "，".join(filter(None, (back.message, away.message)))
    return Changes(staff=back.staff | away.staff, faults=back.faults | away.faults, message=message)


def stands(job: Job, written: Written) -> Changes:
    """A leave that is withdrawn sends nobody away; restored, it does again."""
    if written.action == RESTORE:
        return follow(job, replace(written, before={}))
    return follow(job, replace(written, after={**written.after, "back": written.after["since"]}))


def _covers(values: Values, today: str) -> bool:
    return str(values["since"]) <= today <= str(values["until"]) and "back" not in values


def _open(values: Values, today: str) -> bool:
    """Whether it has begun and nobody said it was over."""
    return "begun" in values and "back" not in values and str(values["since"]) <= today


def _set(job: Job, staff_id: str, wanted: StaffState, number: str) -> Changes:
    """Away, or back at the desk; who has left stays so, and an empty id is nobody."""
    if not staff_id:
        return Changes()
    now = StaffState(member(job, staff_id).availability)
    if now is StaffState.LEFT or (wanted is StaffState.STANDBY and now is not StaffState.ON_LEAVE):
        return Changes()
    return set_availability(job, SetAvailability(staff_id, wanted, number))


def _others_away(made: Check, staff_id: str) -> list[tuple[str, Values]]:
    """Number and values of other leaves of this person that share a day with this one."""
    rows = made.session.scalars(
        select(RegisterEntry)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.register == KEY,
            RegisterCell.column == "person",
            RegisterCell.ref == staff_id,
            RegisterEntry.entry_id != made.entry_id,
        )
        .order_by(RegisterEntry.id)
    )
    found = [(row.number, values_of(row.content)) for row in rows]
    return [
        (number, other)
        for number, other in found
        if str(other["since"]) <= str(made.after["until"])
        and str(made.after["since"]) <= str(other.get("back", other["until"]))
    ]


def _still_away(values: Values) -> tuple[str, str] | None:
    return ("这张假条已经销假", "又请假的，另登记一张") if "back" in values else None


def _not_begun(values: Values) -> tuple[str, str] | None:
    return ("这张假条已经开始", "人已记为请假") if "begun" in values else _still_away(values)


LEAVES = Register(
    key=KEY,
    title="请假",
    code="QJ",
    counted="张假条",
    clause="二.2",
    purpose="登记请假和代班：当天的假会把人记为请假，销假后恢复待命；请假仍算在职",
    columns=(
        Column("person", "人员", PersonOf(), width=96, required=True),
        Column("kind", "假别", Choice(KINDS), width=88, required=True),
        Column("since", "从", Day(), width=104, required=True, usual="今天"),
        Column("until", "到", Day(), width=104, required=True, hint="当天也算在内"),
        Column("cover", "代班", PersonOf(), width=96),
        Column("reason", "事由", Text(longest=200), width=180),
        Column("begun", "已开始", Flag(), width=72, entered=False),
        Column("back", "销假日期", Day(), width=104, entered=False),
    ),
    views=(
        View("now", "在假", lambda _now: (exactly("begun", "1"), empty("back"))),
        View(
            "due",
            "该开始",
            lambda now: (empty("begun"), empty("back"), before_day("since", now, 1), from_day("until", now)),
            pressing=True,
        ),
        View("coming", "将要请假", lambda now: (from_day("since", now, 1),)),
        View("overdue", "该销假", lambda now: (empty("back"), before_day("until", now)), pressing=True),
    ),
    actions=(
        Action(BEGIN, "开始休假", (), "已开始休假", _not_begun, sets={"begun": True}),
        Action("back", "销假", ("back",), "已销假", _still_away, {"back": "今天"}),
    ),
    identity=("person", "since"),
    sort="since",
    descending=True,
    check=check,
    fill=fill,
    derive=derive,
    follow=follow,
    follows=True,
    stands=stands,
    tones=tones,
)
