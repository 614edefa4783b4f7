"""数据备份 (附一 二.3, 附二 三): the systems backed up by hand, and every backup made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.law import Law
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.kinds import (
    Choice,
    Day,
    EntryOf,
    Measure,
    Moment,
    PersonOf,
    Text,
    Values,
    choice_key,
)
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    chosen,
    exactly,
    moments_of_month,
)
from dispatch_app.operations.registers.round_plans import ITEMS, RESUME, SUSPEND, SUSPENDED
from dispatch_app.operations.registers.rules import must_be_present, must_not_lie_ahead

FULL, INCREMENTAL, REFRESH = "full", "incremental", "refresh"
BACKUP_KINDS = {FULL: "全量", INCREMENTAL: "增量", REFRESH: "刷新介质"}
RESTORED = {"ok": "恢复成功", "failed": "恢复失败"}
FRESHLY = "附二（三）：保存的备份定期重写到新的或同一介质上"


def check_system(made: Check) -> None:
    """Who looks after a system is still there."""
    must_be_present(made, "who")


BACKUP_SYSTEMS = Register(
    key="backup_systems",
    title="备份系统",
    code="BX",
    counted="个系统",
    clause="附一 二.3，附二（三）",
    purpose="写明哪个系统多久备份一次、备份到甲方指定的哪台存储设备：逾期会列在巡检页和调度台上",
    naming="name",
    columns=(
        Column(
            "name", "系统", Text(longest=40), width=180, required=True, unique=True, hint="例如 公文交换系统"
        ),
        Column("item", "服务项目", Choice(ITEMS), width=200, shown=False),
        Column("days", "备份周期（天）", Measure("1", "366", unit="天"), width=104, required=True, usual="7"),
        Column("medium", "介质", Text(longest=40), width=104, required=True, hint="例如 移动硬盘、NAS、磁带"),
        Column(
            "device",
            "甲方指定的存储设备",
            Text(longest=60),
            width=180,
            required=True,
            hint="附一 二.3：只能备份到它上面",
        ),
        Column("document", "指定依据", Text(longest=60), width=120, hint="甲方的文号或通知"),
        Column(
            "restore_months",
            "恢复验证周期（月）",
            Measure("1", "36", unit="月"),
            width=128,
            required=True,
            usual="3",
        ),
        Column(
            "refresh_months",
            "刷新周期（月）",
            Measure("1", "60", unit="月"),
            width=112,
            required=True,
            usual="12",
            hint=FRESHLY,
        ),
        Column("who", "负责人", PersonOf(), width=88),
        Column("since", "从哪天起", Day(), width=104, required=True, usual="今天"),
        SUSPENDED,
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View("running", "执行中", lambda _now: (exactly("suspended", "0"),)),
        View("suspended", "停用", lambda _now: (exactly("suspended", "1"),)),
    ),
    actions=(SUSPEND, RESUME),
    check=check_system,
)


def fill(_law: Law, lookup: Lookup, _before: Values, after: Values) -> Values:
    """The medium a system is usually kept on."""
    usual = system_values(lookup.session, str(after.get("system", ""))).get("medium")
    return {"medium": usual} if "medium" not in after and usual is not None else {}


def check(made: Check) -> None:
    """The storage device is the one the bureau named; an increment follows a full backup; a check by
    restoring says when it was and what went wrong."""
    system = system_values(made.session, str(made.after["system"]))
    name, named = made.text("system"), str(system.get("device", ""))
    if (made.changed("device") or made.changed("system")) and fold(made.text("device")) != fold(named):
        raise KnownError(
            f"「{made.text('device')}」不是甲方为{name}指定的存储设备",
            f"附一 二.3：请备份到「{named}」；甲方改了指定，先更正备份系统",
            "device",
        )
    if system.get("suspended") and made.changed("system"):
        raise KnownError(f"{name} 的备份已停用", "先在备份系统里恢复执行", "system")
    if (
        made.after["kind"] != FULL
        and (made.changed("kind") or made.changed("system"))
        and not _has_full(made)
    ):
        raise KnownError(f"{name} 还没有做过全量备份", "先登记一次全量备份，才有增量和刷新", "kind")
    _check_restored(made)
    must_be_present(made, "who", "at")
    must_be_present(made, "restored_by", "restored_on")


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """A backup that could not be restored protects nothing."""
    return {"restored": Tone.BREACHED} if values.get("restored") == "failed" else {}


def restorable(values: Values) -> tuple[str, str] | None:
    """Why a backup cannot be checked by restoring."""
    if values["kind"] == REFRESH:
        return "刷新介质不是备份", "请选一次全量或增量备份来验证"
    return None


def system_values(session: Session, system_id: str) -> Values:
    """Values of a system, standing or not; none for no system."""
    content = session.scalars(
        select(RegisterEntry.content).where(
            RegisterEntry.entry_id == system_id, RegisterEntry.register == BACKUP_SYSTEMS.key
        )
    ).one_or_none()
    return {} if content is None else values_of(content)


def _has_full(made: Check) -> bool:
    kind, system = aliased(RegisterCell), aliased(RegisterCell)
    return (
        made.session.scalars(
            select(kind.id)
            .join(system, system.id == kind.id)
            .where(
                kind.register == BACKUPS.key,
                kind.column == "kind",
                kind.key == choice_key(0),
                system.register == BACKUPS.key,
                system.column == "system",
                system.ref == str(made.after["system"]),
            )
            .limit(1)
        ).first()
        is not None
    )


def _check_restored(made: Check) -> None:
    restored, on = made.after.get("restored"), made.after.get("restored_on")
    if restored is None:
        return
    if on is None:
        raise KnownError("没有填验证日期", "写明哪天做的恢复验证", "restored_on")
    must_not_lie_ahead(made, "restored_on")
    if date.fromisoformat(str(on)) < date_of(int(made.after["at"])):
        raise KnownError("恢复验证的日期早于备份", "请核对验证日期", "restored_on")
    if restored == "failed" and "restore_note" not in made.after:
        raise KnownError("没有写恢复失败的情况", "写明哪里恢复不了、怎么补救", "restore_note")


BACKUPS = Register(
    key="backups",
    title="备份记录",
    code="BF",
    counted="次备份",
    clause="附一 二.3，附二（三）",
    purpose="每次人工备份记一条：备份到哪台指定设备、多大、恢复验证过没有",
    columns=(
        Column("at", "时间", Moment(), width=152, required=True, usual="现在"),
        Column("system", "系统", EntryOf("backup_systems"), width=160, required=True),
        Column("kind", "方式", Choice(BACKUP_KINDS), width=80, required=True, usual="全量"),
        Column("size", "大小（GB）", Measure("0.001", "1000000", 3, "GB"), width=96, required=True),
        Column("medium", "介质", Text(longest=40), width=96, hint="不填就按备份系统里写的"),
        Column("device", "存储设备", Text(longest=60), width=160, required=True, hint="须是甲方指定的那一台"),
        Column("who", "备份人", PersonOf(), width=80, required=True),
        Column("restored", "恢复验证", Choice(RESTORED), width=88, entered=False),
        Column("restored_on", "验证日期", Day(), width=104, entered=False),
        Column("restored_by", "验证人", PersonOf(), width=80, entered=False),
        Column("restore_note", "验证情况", Text(longest=300, lines=True), width=160, entered=False),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View("failed", "恢复失败", lambda _now: (chosen("restored", RESTORED, "failed"),), pressing=True),
        View("refreshed", "刷新介质", lambda _now: (chosen("kind", BACKUP_KINDS, REFRESH),)),
        View("month", "本月", lambda now: (moments_of_month("at", now),)),
    ),
    actions=(
        Action(
            "verify",
            "恢复验证",
            ("restored", "restored_on", "restored_by", "restore_note"),
            "已记恢复验证",
            restorable,
            {"restored": "恢复成功", "restored_on": "今天"},
        ),
    ),
    sort="at",
    descending=True,
    identity=("at", "system"),
    fill=fill,
    check=check,
    tones=tones,
)
