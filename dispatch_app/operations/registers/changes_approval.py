"""变更审批 (附二（五）, 附三（三）, 三.1, 三.2): nothing in the network is changed before it was approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Choice, EntryOf, Moment, PersonOf, SiteOf, Text, Values
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    Written,
    chosen,
)
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.standing import values_by_id

KINDS = {
    "add": "增加设备",
    "replace": "更换设备",
    "remove": "撤除设备",
    "line": "变动线路",
    "configuration": "更改配置",
    "address": "更改网络地址",
    "plan": "维护方案",
    "notice": "甲方线路变更通知",
}
STATES = {
    "waiting": "待批准",
    "to_execute": "待执行",
    "executed": "已执行",
    "rolled_back": "已回退",
    "declined": "未获同意",
}
NEEDS_BEFORE = frozenset({"replace", "remove", "line", "configuration", "address"})
NEEDS_AFTER = frozenset({"add", "replace", "line", "configuration", "address", "plan", "notice"})
NEEDS_DEVICE = frozenset({"replace", "remove"})
BRINGS_DEVICE = frozenset({"add", "replace"})


def authority(values: Values) -> str:
    """Who approves: the bureau a maintenance plan (三.1), the 系统管理员 everything else (附二（五）)."""
    return "甲方" if values["kind"] == "plan" else "系统管理员"


def derive(values: Values) -> Values:
    """How far a change has come."""
    if "rolled_back_at" in values:
        return {"state": "rolled_back"}
    if "executed_at" in values:
        return {"state": "executed"}
    if "declined" in values:
        return {"state": "declined"}
    ready = values.get("kind") == "notice" or "approved_at" in values
    return {"state": "to_execute" if ready else "waiting"}


def check(made: Check) -> None:
    """Raises KnownError for a change without what it changes, an approval half written, a step too early."""
    must_be_present(made, "applicant", "asked_at")
    must_be_present(made, "executed_by", "executed_at")
    _said_what_changes(made)
    _approval_is_whole(made)
    if "executed_at" in made.after:
        _executed_after_approval(made)
    if "rolled_back_at" in made.after:
        _rolled_back_after_execution(made)


def _said_what_changes(made: Check) -> None:
    kind, word = str(made.after["kind"]), made.text("kind")
    if kind == "notice" and not made.text("document"):
        raise KnownError("甲方线路变更通知没有写文号", "填上甲方来文的文号再登记（三.2、十一.4）", "document")
    if kind in NEEDS_BEFORE and not made.text("before"):
        raise KnownError(f"{word}没有写变更前的情况", "写明现在是什么样，出问题才能退回去", "before")
    if kind in NEEDS_AFTER and not made.text("after"):
        raise KnownError(f"{word}没有写变更后的情况", "写明要改成什么样，批准的就是这个", "after")
    if kind in NEEDS_DEVICE and "device" not in made.after:
        raise KnownError(f"{word}没有写是哪台设备", "填设备的标识号；没有登记的先登入设备台账", "device")


def _approval_is_whole(made: Check) -> None:
    if "declined" in made.after:
        if not made.text("approver"):
            raise KnownError("没有写谁不同意", "填上作决定的人", "approver")
        return
    parts = {"approver": "批准人", "approval": "批准文号", "approved_at": "批准时间"}
    if any(column in made.after for column in parts):
        for column, what in parts.items():
            if not made.text(column):
                raise KnownError(
                    f"批准没有写{what}", f"{authority(made.after)}的批准要有姓名、文号和时间，请补上", column
                )


def _executed_after_approval(made: Check) -> None:
    if made.after["kind"] != "notice":
        early = "approved_at" not in made.after
        if early or int(made.after["executed_at"]) < int(made.after["approved_at"]):
            when = "还没有批准" if early else f"{made.text('approved_at')} 才批准"
            raise KnownError(
                f"「{made.text('title')}」{when}，不能先执行（附二（五））",
                f"先取得{authority(made.after)}的批准；执行时间须在批准之后",
                "executed_at",
            )
    for column, what in (("executed_by", "执行人"), ("result", "执行结果")):
        if not made.text(column):
            raise KnownError(f"没有写{what}", f"填上{what}再登记执行", column)
    if made.after["kind"] in BRINGS_DEVICE and "new_device" not in made.after:
        raise KnownError(
            f"{made.text('kind')}没有写新设备的标识号", "先把新设备登入设备台账，再填它的标识号", "new_device"
        )


def _rolled_back_after_execution(made: Check) -> None:
    executed = made.after.get("executed_at")
    if executed is None:
        raise KnownError("没有执行过，谈不上回退", "请先登记执行", "rolled_back_at")
    if int(made.after["rolled_back_at"]) < int(executed):
        raise KnownError(
            f"回退时间早于执行时间 {made.text('executed_at')}", "回退时间请填在执行之后", "rolled_back_at"
        )
    if not made.text("rollback"):
        raise KnownError("没有写为什么回退", "写明原因和退回到什么样", "rollback")


def follow(job: Job, written: Written) -> Changes:
    """An executed change of a device says which entries of the device register want looking at."""
    if written.action != "execute" or ("new_device" not in written.after and "device" not in written.after):
        return Changes()
    named = [written.after[key] for key in ("device", "new_device") if key in written.after]
    labels = [str(values_by_id(job.session, str(one))["label"]) for one in named]
    return Changes(message=f"请到设备台账核对 {'、'.join(labels)} 的站点和状态")


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """What waits for an approval is pointed out; nobody may go on without it."""
    return {"state": Tone.SOON} if values.get("state") == "waiting" else {}


def _can_be_decided(values: Values) -> tuple[str, str] | None:
    if values["kind"] == "notice":
        return "甲方的通知不用批准", "凭通知文号即可执行"
    if values["state"] != "waiting":
        return f"这项变更{STATES[str(values['state'])]}，不再等批准", "决定写错了请用「更正」"
    return None


def _can_be_executed(values: Values) -> tuple[str, str] | None:
    if values["state"] == "waiting":
        return f"还没有{authority(values)}的批准，不能执行（附二（五））", "先取得批准并登记，再登记执行"
    if values["state"] != "to_execute":
        return f"这项变更{STATES[str(values['state'])]}，不能再执行", "要再改，请另登一项变更"
    return None


def _can_be_rolled_back(values: Values) -> tuple[str, str] | None:
    if values["state"] != "executed":
        return "没有执行，谈不上回退", "执行过的变更才能回退"
    return None


_APPROVE = ("approver", "approval", "approved_at")
_EXECUTE = ("executed_by", "executed_at", "new_device", "result")

CHANGES_APPROVAL = Register(
    key="changes_approval",
    title="变更审批",
    code="BG",
    counted="项变更",
    clause="附二（五）、附三（三）、三.1、三.2",
    purpose="登记设备、线路、配置和网络地址的变更：系统管理员批准之后才能执行，变更前后都写明",
    naming="title",
    columns=(
        Column("title", "事项", Text(longest=120), width=184, required=True),
        Column("kind", "类别", Choice(KINDS), width=112, required=True),
        Column("state", "进度", Choice(STATES), width=72, derived=True),
        Column("site", "站点", SiteOf(), width=144, required=True),
        Column("device", "设备", EntryOf("devices"), width=88, hint="更换和撤除设备必填"),
        Column("applicant", "申请人", PersonOf(), width=72, required=True),
        Column("before", "变更前", Text(longest=1000, lines=True), width=180, shown=False),
        Column("after", "变更后", Text(longest=1000, lines=True), width=180),
        Column("document", "通知文号", Text(longest=60), width=136, hint="甲方线路变更通知必填（三.2）"),
        Column("asked_at", "申请时间", Moment(), width=138, required=True, usual="现在"),
        Column("approver", "批准人", Text(longest=40), width=88, entered=False),
        Column("approval", "批准文号", Text(longest=60), width=136, entered=False),
        Column("approved_at", "批准时间", Moment(), width=136, entered=False),
        Column("declined", "不同意的理由", Text(longest=300), width=160, entered=False, shown=False),
        Column("executed_by", "执行人", PersonOf(), width=80, entered=False),
        Column("executed_at", "执行时间", Moment(), width=136, entered=False),
        Column(
            "new_device",
            "新设备",
            EntryOf("devices"),
            width=104,
            entered=False,
            hint="增加和更换设备必填：先登入设备台账",
        ),
        Column("result", "执行结果", Text(longest=300, lines=True), width=160, entered=False),
        Column("rolled_back_at", "回退时间", Moment(), width=136, entered=False, shown=False),
        Column("rollback", "回退说明", Text(longest=300), width=160, entered=False, shown=False),
    ),
    views=(
        View("waiting", "待批准", lambda _now: (chosen("state", STATES, "waiting"),)),
        View("to_execute", "待执行", lambda _now: (chosen("state", STATES, "to_execute"),)),
        View("executed", "已执行", lambda _now: (chosen("state", STATES, "executed"),)),
        View("rolled_back", "已回退", lambda _now: (chosen("state", STATES, "rolled_back"),)),
    ),
    actions=(
        Action("approve", "批准", _APPROVE, "已登记批准", _can_be_decided, preset={"approved_at": "现在"}),
        Action("decline", "不同意", ("approver", "declined"), "已登记不同意", _can_be_decided),
        Action("execute", "执行", _EXECUTE, "已登记执行", _can_be_executed, preset={"executed_at": "现在"}),
        Action(
            "roll_back",
            "回退",
            ("rolled_back_at", "rollback"),
            "已登记回退",
            _can_be_rolled_back,
            preset={"rolled_back_at": "现在"},
        ),
    ),
    descending=True,
    check=check,
    derive=derive,
    follow=follow,
    tones=tones,
)
