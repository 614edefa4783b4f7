"""设备台账 (附一 二.1): every device the contract serves, with its label, its warranty and its price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Choice, Day, Flag, SiteOf, Text, Values, Yuan
from dispatch_app.operations.registers.register import (
    Check,
    Column,
    Register,
    Tone,
    View,
    before_day,
    chosen,
    exactly,
    within_days,
)
from dispatch_app.operations.registers.sent_out import RETURN, SEND, away

SOON_DAYS = 30
"""So many days before its end a warranty is pointed out."""
KINDS = {
    "switch": "交换机",
    "router": "路由器",
    "firewall": "防火墙",
    "server": "服务器",
    "computer": "办公电脑",
    "storage": "存储设备",
    "converter": "光纤收发器",
    "wireless": "无线设备",
    "video": "视频会议设备",
    "power": "电源与空调",
    "other": "其他",
}
STATES = {"running": "在用", "spare": "备用", "faulty": "故障", "away": "外修", "retired": "报废"}


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """A warranty about to end is soon; one that has ended is no alarm: the procedure changes, no more."""
    until = values.get("warranty_until")
    if until is not None and today <= date.fromisoformat(str(until)) < today + timedelta(days=SOON_DAYS):
        return {"warranty_until": Tone.SOON}
    return {}


def check(made: Check) -> None:
    """A device is 外修 as 外修监督 says: with important data it goes and comes only through there (附二(四)).

    Raises:
        KnownError: `field` is the column.
    """
    if made.action in (SEND, RETURN) or not (made.changed("state") or made.changed("important")):
        return
    label = made.text("label")
    out = away(made.session, made.entry_id)
    if made.after["state"] != "away":
        if out is not None and made.changed("state"):
            raise KnownError(
                f"{label} 还在外修（{out.number}）", "请在外修监督里登记归还，状态随之改变", "state"
            )
        return
    if made.after["important"] and (out is None or not out.supervised):
        raise KnownError(
            f"{label} 存有重要数据，没有系统管理员监督的记录，不能算作外修（附二(四)）",
            "请在外修监督里登记送修，写明系统管理员和记录号，状态随之改变",
            "state",
        )


DEVICES = Register(
    key="devices",
    title="设备台账",
    code="SB",
    counted="台设备",
    clause="附一 二.1",
    purpose="登记服务范围内的每台设备：接报时扫标识号就能带出站点和设备，维保期决定走哪个程序",
    naming="label",
    columns=(
        Column(
            "label",
            "标识号",
            Text(longest=24, pattern=r"[A-Za-z0-9][A-Za-z0-9-]*", sample="AN-0012（字母、数字和短横）"),
            width=104,
            required=True,
            unique=True,
            hint="贴在设备上的号，扫码或输入它即可接报",
        ),
        Column("kind", "类型", Choice(KINDS), width=96, required=True),
        Column("brand", "品牌", Text(longest=40), width=88),
        Column("model", "型号", Text(longest=60), width=140),
        Column("serial", "序列号", Text(longest=60), width=140, unique=True),
        Column("site", "站点", SiteOf(), width=188, required=True),
        Column("rack", "机柜位置", Text(longest=60), width=104, hint="例如 3 柜 12U"),
        Column("state", "状态", Choice(STATES), width=72, required=True, usual="在用"),
        Column("warranty_until", "免费维保至", Day(), width=112),
        Column("price", "购置价（元）", Yuan(), width=112),
        Column("important", "重要数据", Flag(), width=88, required=True, usual="否"),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View("warranty_ending", "维保将到期", lambda now: (within_days("warranty_until", now, SOON_DAYS),)),
        View("warranty_over", "已过维保", lambda now: (before_day("warranty_until", now),)),
        View("important", "重要数据", lambda _now: (exactly("important", "1"),)),
        View("faulty", "故障", lambda _now: (chosen("state", STATES, "faulty"),)),
        View("away", "外修", lambda _now: (chosen("state", STATES, "away"),)),
    ),
    identity=("label",),
    faults_by="label",
    confidential=True,
    check=check,
    tones=tones,
)
