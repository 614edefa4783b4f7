"""介质使用 (附四 二至四): checked for malware, and never across classes of system."""

from __future__ import annotations

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.kinds import Choice, EntryOf, Flag, Moment, PersonOf, Text, Values
from dispatch_app.operations.registers.media import LEVELS, STATES, is_secret
from dispatch_app.operations.registers.register import Check, Column, Register
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.standing import values_by_id

SYSTEMS = {**LEVELS, "internet": "与互联网连接的计算机", "personal": "个人计算机"}
_RANK = {level: place for place, level in enumerate(LEVELS)}


def check(made: Check) -> None:
    """Raises KnownError for a medium that may not be connected there."""
    must_be_present(made, "used_by", "used_at")
    if not any(made.changed(column) for column in ("medium", "system", "level", "scanned", "wireless")):
        return
    medium = values_by_id(made.session, str(made.after["medium"]))
    label = str(medium["label"])
    # What was done with it before it was sealed or destroyed can still be corrected.
    if made.changed("medium") and medium["state"] != "in_use":
        raise KnownError(
            f"介质 {label} {STATES[str(medium['state'])]}，不能使用", "请换一件在用的介质", "medium"
        )
    if not made.after["scanned"]:
        raise KnownError(
            f"介质 {label} 接入前没有查杀病毒、木马（附四 四）", "先查杀，通过后再接入和登记", "scanned"
        )
    _not_across_classes(made, medium, label)
    bound = str(medium.get("system", ""))
    if bound and fold(bound) != fold(made.text("system")):
        raise KnownError(f"介质 {label} 专用于「{bound}」", "请换一件介质，或先更正它的专用系统", "system")


def _not_across_classes(made: Check, medium: Values, label: str) -> None:
    level, where = LEVELS[str(medium["level"])], str(made.after["level"])
    if not is_secret(medium):
        if where in ("secret", "classified", "top"):
            raise KnownError(
                f"非涉密介质 {label} 不得接入涉密信息系统（附四 二）",
                f"请用{SYSTEMS[where]}级的涉密介质",
                "level",
            )
        return
    if where in ("internet", "personal"):
        raise KnownError(
            f"涉密介质 {label}（{level}）严禁接入{SYSTEMS[where]}（附四 三）", "请立即停止，不要接入", "level"
        )
    if where == "open":
        raise KnownError(
            f"涉密介质 {label}（{level}）不得在非涉密信息系统中使用（附四 二）", "请换一件非涉密介质", "level"
        )
    if _RANK[str(medium["level"])] > _RANK[where]:
        raise KnownError(
            f"{level}介质 {label} 不得在{SYSTEMS[where]}级系统中使用（附四 三）",
            f"高密级的介质不得用于低密级的系统：请换{SYSTEMS[where]}级的介质",
            "level",
        )
    if made.after["wireless"]:
        raise KnownError(
            f"涉密介质 {label} 不得接入带无线设备的系统（附四 二）",
            "先拆除无线网卡、无线鼠标和无线键盘，再处理涉密信息",
            "wireless",
        )


MEDIA_USES = Register(
    key="media_uses",
    title="介质使用",
    code="JS",
    counted="次使用",
    clause="附四 二、三、四",
    purpose="登记移动存储介质每次接入哪个系统：先查杀病毒，涉密与非涉密不得交叉使用",
    columns=(
        Column("medium", "介质", EntryOf("media"), width=104, required=True),
        Column("system", "接入的系统", Text(longest=80), width=176, required=True),
        Column("level", "系统密级", Choice(SYSTEMS), width=136, required=True),
        Column("wireless", "带无线设备", Flag(), width=88, required=True, usual="否"),
        Column("scanned", "已查杀病毒", Flag(), width=88, required=True, hint="接入之前必须查杀（附四 四）"),
        Column("result", "查杀结果", Text(longest=120), width=136),
        Column("used_by", "使用人", PersonOf(), width=80, required=True),
        Column("used_at", "使用时间", Moment(), width=136, required=True, usual="现在"),
        Column("purpose", "用途", Text(longest=200), width=160),
    ),
    descending=True,
    confidential=True,
    check=check,
)
