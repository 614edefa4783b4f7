"""外修监督 (附二(四)): devices repaired by others, under whose eyes, and what became of their data."""

from __future__ import annotations

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.devices import STATES
from dispatch_app.operations.registers.kinds import (
    Choice,
    EntryOf,
    FaultOf,
    Moment,
    PersonOf,
    Text,
    Values,
    Yuan,
)
from dispatch_app.operations.registers.register import (
    AMEND,
    ENTER,
    RESTORE,
    Action,
    Check,
    Column,
    Register,
    View,
    Written,
    empty,
)
from dispatch_app.operations.registers.sent_out import (
    REPAIRS,
    RETURN,
    SEND,
    away,
    device_values,
    state_before,
)

DATA = {
    "none": "无重要数据",
    "kept": "硬盘取出留存",
    "cleared": "数据已清除",
    "watched": "带盘送修，全程监督",
}
COMES_BACK = {key: word for key, word in STATES.items() if key != "away"}


def _out(values: Values) -> tuple[str, str] | None:
    return ("这台设备已经归还", "要再送修，请另登一条") if "returned_at" in values else None


def check(made: Check) -> None:
    """附二(四), and that a device is away once at a time and comes back by 归还.

    Raises:
        KnownError: `field` is the column.
    """
    label = made.text("device")
    if made.before and made.changed("device"):
        raise KnownError("外修记录不能改成另一台设备", "请作废这一条，再为那台设备另登一条", "device")
    if made.action == AMEND and ("returned_at" in made.before) != ("returned_at" in made.after):
        raise KnownError("归还不能靠更正登记", "请选中这一条，用「归还」登记", "returned_at")
    _check_supervised(made, label)
    returned = _check_return(made)
    if made.action == ENTER and not returned:
        _check_here(made, label)


def _check_supervised(made: Check, label: str) -> None:
    device = device_values(made.session, str(made.after["device"]))
    if not device.get("important"):
        return
    if not made.after.get("supervisor"):
        raise KnownError(
            f"{label} 存有重要数据，没有系统管理员在场监督不能送外修（附二(四)）",
            "请写明在场监督的系统管理员",
            "supervisor",
        )
    if not made.after.get("record"):
        raise KnownError(
            f"{label} 存有重要数据，外修监督没有记录（附二(四)）", "请写监督记录的编号", "record"
        )
    if made.after["data"] == "none":
        raise KnownError(
            f"{label} 在设备台账里登记为存有重要数据", "请选数据怎样处理：取盘、清除或全程监督", "data"
        )


def _check_return(made: Check) -> bool:
    """Whether it is back. A return has its time and the state the device is in since."""
    told = {key: made.after.get(key) for key in ("returned_at", "state_after")}
    if made.action == RETURN or any(told.values()):
        for key, value in told.items():
            if value is None:
                heading = made.register.column(key).heading
                raise KnownError(f"没有填{heading}", f"请填写{heading}后再登记归还", key)
        if int(told["returned_at"] or 0) < int(made.after["sent_at"]):
            raise KnownError("归还时间早于送出时间", "请核对两个时间", "returned_at")
    return told["returned_at"] is not None


def _check_here(made: Check, label: str) -> None:
    device_id = str(made.after["device"])
    before = away(made.session, device_id)
    if before is not None and before.entry_id != made.entry_id:
        raise KnownError(f"{label} 已在外修（{before.number}）", "请先登记那一条的归还", "device")
    if device_values(made.session, device_id).get("state") == "retired":
        raise KnownError(f"{label} 已报废", "报废的设备不送修；登错了请先更正它的状态", "device")


def follow(job: Job, written: Written) -> Changes:
    """The device is 外修 from its sending out to its return."""
    # The catalogue that `entries` reads names this module.
    from dispatch_app.operations.registers import entries

    device_id = str(written.after["device"])
    state = device_values(job.session, device_id)["state"]
    if written.action == ENTER and "returned_at" not in written.after and state != "away":
        sent = f"送外修，见 {written.number}"
        changed = entries.change(job, device_id, {"state": "away"}, SEND, sent)
        return Changes(registers=changed.registers, message="设备状态改为外修")
    if written.action == RETURN and state == "away":
        after = str(written.after["state_after"])
        back = f"外修归还，见 {written.number}"
        changed = entries.change(job, device_id, {"state": after}, RETURN, back)
        return Changes(registers=changed.registers, message=f"设备状态改为{STATES[after]}")
    return Changes()


def stands(job: Job, written: Written) -> Changes:
    """Of one that is not back: withdrawn, the device is what it was before; restored, it is away again."""
    from dispatch_app.operations.registers import entries

    device_id = str(written.after["device"])
    state = device_values(job.session, device_id)["state"]
    away_again = written.action == RESTORE
    if "returned_at" in written.after or (state == "away") == away_again:
        return Changes()
    after = "away" if away_again else state_before(job.session, device_id)
    reason = f"{written.number} {'恢复' if away_again else '作废'}"
    changed = entries.change(job, device_id, {"state": after}, SEND if away_again else RETURN, reason)
    return Changes(registers=changed.registers, message=f"设备状态改为{STATES[after]}")


OUTSIDE_REPAIRS = Register(
    key=REPAIRS,
    title="外修监督",
    code="WX",
    counted="次外修",
    clause="附二(四)",
    purpose="设备交外单位修理前在这里登记：存有重要数据的，写明在场监督的系统管理员和监督记录号",
    columns=(
        Column("device", "设备", EntryOf("devices", sample="标识号"), width=112, required=True),
        Column("unit", "修理单位", Text(longest=60), width=160, required=True),
        Column("trouble", "送修原因", Text(longest=200, lines=True), width=180, required=True),
        Column("fault", "故障", FaultOf(), width=96),
        Column("sent_at", "送出时间", Moment(), width=136, required=True, usual="现在"),
        Column("carrier", "经手人", PersonOf(), width=80, required=True),
        Column(
            "data",
            "数据处理",
            Choice(DATA),
            width=148,
            required=True,
            hint="设备台账登记为重要数据的，不能选「无重要数据」",
        ),
        Column(
            "supervisor",
            "监督的系统管理员",
            Text(longest=40),
            width=136,
            hint="存有重要数据的必填：系统管理员应在场监督",
        ),
        Column("record", "监督记录号", Text(longest=60), width=120, hint="存有重要数据的必填"),
        Column("returned_at", "归还时间", Moment(), width=136, entered=False),
        Column("state_after", "归还后状态", Choice(COMES_BACK), width=96, entered=False),
        Column("result", "修理结果", Text(longest=200, lines=True), width=160, entered=False),
        Column("cost", "修理费（元）", Yuan(), width=104, entered=False, hint="不在合同价内（八.1(4)）"),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(View("out", "还没有归还", lambda _now: (empty("returned_at"),)),),
    actions=(
        Action(
            RETURN,
            "归还",
            ("returned_at", "state_after", "result", "cost"),
            "已归还",
            _out,
            preset={"returned_at": "现在", "state_after": "在用"},
        ),
    ),
    identity=("device", "sent_at"),
    sort="sent_at",
    descending=True,
    check=check,
    follow=follow,
    follows=True,
    stands=stands,
)
