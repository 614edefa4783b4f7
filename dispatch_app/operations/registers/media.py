"""移动存储介质 (附四): one class for life, locked away, given back before its holder leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Choice, Day, PersonOf, Text, Values
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    before_day,
    chosen,
)
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.standing import pointing

KEY = "media"
KINDS = {
    "usb": "优盘",
    "disk": "移动硬盘",
    "floppy": "软盘",
    "optical": "光盘",
    "tape": "磁带",
    "card": "存储卡",
}
LEVELS = {"open": "非涉密", "secret": "秘密", "classified": "机密", "top": "绝密"}
"""From the lowest to the highest."""
STATES = {
    "in_use": "在用",
    "lent": "借出",
    "sealed": "封存",
    "archived": "归档",
    "to_destroy": "待销毁",
    "destroyed": "已销毁",
}


def is_secret(values: Values) -> bool:
    """Whether a medium is 涉密."""
    return values["level"] != "open"


def held_by(session: Session, staff_id: str) -> tuple[str, ...]:
    """Labels of the 涉密 media somebody has in hand; all come back before that person leaves (附四 七)."""
    return tuple(
        str(one.values["label"])
        for one in pointing(session, KEY, "holder", staff_id)
        if is_secret(one.values) and one.values["state"] in ("in_use", "to_destroy")
    )


def must_hold_no_media(session: Session, staff_id: str, name: str) -> None:
    """Raises KnownError for somebody about to leave who has 涉密 media in hand; it names them."""
    held = held_by(session, staff_id)
    if held:
        raise KnownError(
            f"{name} 还保管着涉密存储介质 {'、'.join(held)}",
            "离职前必须全部退回（附四 七）：先在移动存储介质里登记退回封存或移交",
            "person",
        )


def check(made: Check) -> None:
    """Raises KnownError for a change of class, an open place, a loan, a destruction nobody approved."""
    must_be_present(made, "holder")
    must_be_present(made, "sent_by", "sent_on")
    label = made.text("label")
    if is_secret(made.after) and not made.text("place"):
        raise KnownError(
            f"涉密介质 {label} 没有写存放在哪个保密设备里",
            "填保密柜或保密箱的编号；离开办公场所必须放进去（附四 六）",
            "place",
        )
    _keeps_its_class(made, label)
    if made.after["state"] == "lent":
        _lent_within_the_rules(made, label)
    if made.after["state"] in ("to_destroy", "destroyed"):
        _asked_and_approved(made, label)
    if made.after["state"] == "destroyed":
        _handed_to_the_bureau(made, label)


def _keeps_its_class(made: Check, label: str) -> None:
    if "level" not in made.before or not made.changed("level"):
        return
    used = pointing(made.session, "media_uses", "medium", made.entry_id)
    if used:
        was = LEVELS[str(made.before["level"])]
        raise KnownError(
            f"{label} 已按{was}接入过系统（{used[-1].number}），密级不能再改",
            "不得交叉使用（附四 二）：请另登一件介质，这件按原密级封存或销毁",
            "level",
        )


def _lent_within_the_rules(made: Check, label: str) -> None:
    if is_secret(made.after):
        raise KnownError(f"{label} 是涉密介质，严禁借给外单位使用（附四 三）", "请拒绝借用", "state")
    for column, what in (("lent_to", "借给谁"), ("lent_until", "借到哪天")):
        if not made.text(column):
            raise KnownError(f"{label} 没有写{what}", f"填上{what}再登记借出", column)


def _asked_and_approved(made: Check, label: str) -> None:
    if not made.text("destroy_reason"):
        raise KnownError(f"没有写为什么销毁 {label}", "写明原因，登记造册用（附四 九）", "destroy_reason")
    parts = {"leader": "批准领导", "approval": "批准文号", "approved_on": "批准日期"}
    if made.after["state"] == "destroyed" or any(column in made.after for column in parts):
        for column, what in parts.items():
            if not made.text(column):
                raise KnownError(
                    f"销毁 {label} 没有{what}",
                    "须经单位主管领导批准，任何个人不得擅自销毁（附四 九）：先登记批准",
                    column,
                )


def _handed_to_the_bureau(made: Check, label: str) -> None:
    for column, what in (("sent_on", "送交日期"), ("sent_by", "送交人")):
        if not made.text(column):
            raise KnownError(f"销毁 {label} 没有写{what}", f"填上{what}再登记", column)
    if str(made.after["sent_on"]) < str(made.after["approved_on"]):
        raise KnownError(
            f"送交日期早于批准日期 {made.text('approved_on')}", "批准之后才能送交销毁（附四 九）", "sent_on"
        )
    if is_secret(made.after) and not made.text("receipt"):
        raise KnownError(
            f"涉密介质 {label} 没有市保密局的接收回执",
            "涉密介质须送市保密局集中销毁（附四 九）：填上回执编号再登记",
            "receipt",
        )


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """A loan past its day is breached; what waits to be destroyed is pointed out."""
    if values["state"] == "to_destroy":
        return {"state": Tone.SOON}
    if values["state"] == "lent" and date.fromisoformat(str(values["lent_until"])) < today:
        return {"lent_until": Tone.BREACHED}
    return {}


def _while(*states: str) -> Callable[[Values], tuple[str, str] | None]:
    """An action that can be done in these states."""
    words = "、".join(STATES[state] for state in states)

    def allowed(values: Values) -> tuple[str, str] | None:
        if values["state"] in states:
            return None
        return f"这件介质{STATES[str(values['state'])]}，现在不能这样做", f"只有{words}的介质可以"

    return allowed


def _can_be_lent(values: Values) -> tuple[str, str] | None:
    if is_secret(values):
        return f"{values['label']} 是涉密介质，严禁借给外单位使用（附四 三）", "请拒绝借用"
    return _while("in_use")(values)


def _can_be_approved(values: Values) -> tuple[str, str] | None:
    if "approval" in values:
        return "已经批准销毁", "批准写错了请用「更正」"
    return _while("to_destroy")(values)


def _can_be_destroyed(values: Values) -> tuple[str, str] | None:
    if values["state"] == "to_destroy" and "approval" not in values:
        return (
            f"销毁 {values['label']} 还没有单位主管领导的批准（附四 九）",
            "任何个人不得擅自销毁：先登记批准，再送市保密局",
        )
    return _while("to_destroy")(values)


_HANDED = ("holder", "place")
_APPROVAL = ("leader", "approval", "approved_on")

ACTIONS = (
    Action("hand_over", "移交", _HANDED, "已移交", _while("in_use", "sealed", "archived", "to_destroy")),
    Action(
        "give_back", "退回封存", ("place", "note"), "已退回封存", _while("in_use"), sets={"state": "sealed"}
    ),
    Action("reopen", "启用", _HANDED, "已启用", _while("sealed"), sets={"state": "in_use"}),
    Action(
        "archive",
        "归档",
        ("place", "note"),
        "已归档",
        _while("in_use", "sealed"),
        sets={"state": "archived"},
    ),
    Action("lend", "借出", ("lent_to", "lent_until"), "已借出", _can_be_lent, sets={"state": "lent"}),
    Action("take_back", "收回", ("place",), "已收回", _while("lent"), sets={"state": "in_use"}),
    Action(
        "ask_to_destroy",
        "申请销毁",
        ("destroy_reason",),
        "已申请销毁",
        _while("in_use", "sealed", "archived"),
        sets={"state": "to_destroy"},
    ),
    Action(
        "approve_destroying",
        "批准销毁",
        _APPROVAL,
        "已登记批准",
        _can_be_approved,
        preset={"approved_on": "今天"},
    ),
    Action(
        "destroy",
        "登记销毁",
        ("sent_on", "sent_by", "receipt"),
        "已销毁",
        _can_be_destroyed,
        preset={"sent_on": "今天"},
        sets={"state": "destroyed"},
    ),
)

MEDIA = Register(
    key=KEY,
    title="移动存储介质",
    code="JZ",
    counted="件介质",
    clause="附四",
    purpose="登记每件移动存储介质的密级、保管人和存放处：不得交叉使用，人员离职前退回，销毁须经批准",
    naming="label",
    columns=(
        Column("label", "介质编号", Text(longest=24), width=96, required=True, unique=True),
        Column("kind", "类型", Choice(KINDS), width=80, required=True),
        Column("level", "密级", Choice(LEVELS), width=72, required=True),
        Column("state", "状态", Choice(STATES), width=72, required=True, usual="在用"),
        Column("holder", "保管人", PersonOf(), width=72, required=True),
        Column("place", "存放处", Text(longest=80), width=120, hint="涉密介质写保密柜或保密箱（附四 六）"),
        Column(
            "system",
            "专用系统",
            Text(longest=80),
            width=140,
            hint="只在这个系统里用；同一密级的系统都可用时留空",
        ),
        Column("capacity", "容量", Text(longest=20), width=72, shown=False),
        Column("lent_to", "借给", Text(longest=80), width=120, entered=False, shown=False),
        Column("lent_until", "借到", Day(), width=104, entered=False, shown=False),
        Column("destroy_reason", "销毁原因", Text(longest=200), width=136, entered=False, shown=False),
        Column("leader", "批准领导", Text(longest=40), width=88, entered=False, shown=False),
        Column("approval", "销毁批准文号", Text(longest=60), width=136, entered=False, shown=False),
        Column("approved_on", "批准日期", Day(), width=104, entered=False, shown=False),
        Column("sent_on", "送交日期", Day(), width=104, entered=False, shown=False),
        Column("sent_by", "送交人", PersonOf(), width=80, entered=False, shown=False),
        Column(
            "receipt",
            "保密局回执",
            Text(longest=60),
            width=136,
            entered=False,
            shown=False,
            hint="涉密介质必填：市保密局接收的回执编号",
        ),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View("secret", "涉密", lambda _now: (chosen("level", LEVELS, "secret", "top"),)),
        View("lent", "借出", lambda _now: (chosen("state", STATES, "lent"),)),
        View(
            "loan_overdue",
            "借出超期",
            lambda now: (chosen("state", STATES, "lent"), before_day("lent_until", now)),
            pressing=True,
        ),
        View("to_destroy", "待销毁", lambda _now: (chosen("state", STATES, "to_destroy"),)),
        View("destroyed", "已销毁", lambda _now: (chosen("state", STATES, "destroyed"),)),
    ),
    actions=ACTIONS,
    confidential=True,
    check=check,
    tones=tones,
)
