"""巡检记录 (附三 二、六, 附一 二.1): what was measured and looked at on a round, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dispatch_app.contract.calendar_beijing import date_of, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.places import PlaceKind
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.law import Law
from dispatch_app.operations.registers.checks import Checks, abnormal, checks_of
from dispatch_app.operations.registers.devices import DEVICES, KINDS, STATES
from dispatch_app.operations.registers.kinds import (
    EntryOf,
    FaultOf,
    Moment,
    PersonOf,
    SiteOf,
    Text,
    Value,
    Values,
    choice_key,
    moment_key,
)
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import (
    ENTER,
    Action,
    Check,
    Column,
    Register,
    Span,
    Tone,
    View,
    empty,
    filled,
)
from dispatch_app.operations.registers.round_limits import (
    QUANTITIES,
    bands_in_force,
    bands_of,
    bands_text,
    beyond,
)
from dispatch_app.operations.registers.round_plans import ROUND_PLANS
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.settings import chosen_settings

SURROUNDINGS = ("整洁", "防静电", "防火", "防潮", "防尘", "防热", "无危险品", "无吸烟会客")
"""What 附三（六） asks a core room to be; 危险品: 易燃、易爆、腐蚀、强磁性物品."""
ROOMS = frozenset({PlaceKind.ROOM, PlaceKind.STREET})
"""Kinds of sites whose temperature, humidity and voltage are to be recorded."""
_LOOKED_AFTER = ("running", "faulty")
"""States of devices a round looks at."""


def fill(_law: Law, lookup: Lookup, before: Values, after: Values) -> Values:
    """The plan of a room that has but one, the room of a plan, and the limits that hold for it today."""
    found = dict(after)
    plan = str(after.get("plan", ""))
    if not plan and not before:
        plan = only_plan(lookup.session, str(after.get("site", "")))
        found |= {"plan": plan} if plan else {}
    own = plan_values(lookup.session, plan)
    if "site" not in found and "site" in own:
        found["site"] = own["site"]
    if before.get("plan") != found.get("plan") or "limits" not in found:
        found["limits"] = bands_text(bands_in_force(chosen_settings(lookup.session), own))
    return found


def derive(values: Values) -> Mapping[str, Value | None]:
    """What is not as it should be, in words; nothing where all is."""
    said = [words for _, words in beyond(values, bands_of(str(values.get("limits", ""))))]
    for column in ("devices", "surroundings"):
        said += [one.text for one in abnormal(str(values.get(column, "")))]
    return {"breach": "；".join(said) or None}


def check(made: Check) -> None:
    """A room's figures are all there, the plan is that room's, and the devices are those that stand in it."""
    site = made.lookup.sites.get(str(made.after.get("site", "")))
    if site is None and "plan" not in made.after:
        raise KnownError("没有填站点，也没有填计划", "写明巡检了哪个机房，或执行的哪项计划", "site")
    own = plan_values(made.session, str(made.after.get("plan", "")))
    if own.get("site", made.after.get("site")) != made.after.get("site"):
        raise KnownError(
            f"计划「{made.text('plan')}」是{made.lookup.site_name(str(own['site']))}的",
            "请改选这个站点的计划，或把计划留空",
            "plan",
        )
    if own.get("suspended") and made.action == ENTER:
        raise KnownError(f"计划「{made.text('plan')}」已停用", "先在巡检计划里恢复执行，或把计划留空", "plan")
    if site is not None and site.kind in ROOMS:
        for one in QUANTITIES:
            if one.key not in made.after:
                raise KnownError(f"没有填{one.title}", "附三（六）：机房的温度、湿度、电压都要记录", one.key)
    _known_devices(made)
    must_be_present(made, "who", "at")


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """What is wrong and nothing has been done about yet."""
    if "breach" not in values or "fault" in values or "measures" in values:
        return {}
    figures = dict.fromkeys(
        (quantity for quantity, _ in beyond(values, bands_of(str(values["limits"])))), Tone.BREACHED
    )
    return {"breach": Tone.BREACHED} | figures


def plan_values(session: Session, plan_id: str) -> Values:
    """Values of a standing plan; none for no plan."""
    content = session.scalars(
        select(RegisterEntry.content).where(
            RegisterEntry.entry_id == plan_id,
            RegisterEntry.register == ROUND_PLANS.key,
            RegisterEntry.standing,
        )
    ).one_or_none()
    return {} if content is None else values_of(content)


def devices_at(session: Session, site_id: str) -> dict[str, str]:
    """Label → what it is, of the devices of a site that are looked after, in the order of their labels."""
    place, state = aliased(RegisterCell), aliased(RegisterCell)
    wanted = [choice_key(list(STATES).index(one)) for one in _LOOKED_AFTER]
    found = session.scalars(
        select(RegisterEntry.content)
        .join(place, place.id == RegisterEntry.id)
        .join(state, state.id == RegisterEntry.id)
        .where(
            place.ref == site_id,
            place.register == DEVICES.key,
            place.column == "site",
            state.register == DEVICES.key,
            state.column == "state",
            state.key.in_(wanted),
        )
    )
    devices = [values_of(content) for content in found]
    return {
        str(one["label"]): " ".join(
            str(part)
            for part in (KINDS[str(one["kind"])], one.get("brand"), one.get("model"), one.get("rack"))
            if part
        )
        for one in sorted(devices, key=lambda one: str(one["label"]))
    }


def _known_devices(made: Check) -> None:
    before = {one.name for one in checks_of(str(made.before.get("devices", "")))}
    named = [one.name for one in checks_of(str(made.after.get("devices", ""))) if one.name not in before]
    if not named:
        return
    there = devices_at(made.session, str(made.after.get("site", "")))
    for name in named:
        if name not in there:
            raise KnownError(
                f"{made.text('site') or '这次巡检'}没有在用的设备「{name}」",
                "写设备台账里这个站点的标识号，或先更正台账",
                "devices",
            )


def only_plan(session: Session, site_id: str) -> str:
    """Id of the one plan in force for a site; empty for none or several."""
    place, paused = aliased(RegisterCell), aliased(RegisterCell)
    found = session.scalars(
        select(RegisterEntry.entry_id)
        .join(place, place.id == RegisterEntry.id)
        .join(paused, paused.id == RegisterEntry.id)
        .where(
            place.ref == site_id,
            place.register == ROUND_PLANS.key,
            place.column == "site",
            paused.register == ROUND_PLANS.key,
            paused.column == "suspended",
            paused.key == "0",
        )
        .limit(2)
    ).all()
    return found[0] if site_id and len(found) == 1 else ""


def _today(now: int) -> tuple[Span, ...]:
    return (Span("at", moment_key(start_of(date_of(now))), "\U0010ffff"),)


def _month(now: int) -> tuple[Span, ...]:
    return (Span("at", moment_key(start_of(date_of(now).replace(day=1))), "\U0010ffff"),)


def _unhandled(_now: int) -> tuple[Span, ...]:
    return (filled("breach"), empty("fault"), empty("measures"))


def wanting(values: Values) -> tuple[str, str] | None:
    """Why nothing need be done about a round."""
    if "breach" not in values:
        return "这次巡检没有异常", "不用处理"
    if "fault" in values:
        return "已经登记了故障", "处理情况看故障"
    return None


ROUNDS = Register(
    key="rounds",
    title="巡检记录",
    code="XJ",
    counted="次巡检",
    clause="附三（二）（六）",
    purpose="每次巡检记一条：温度、湿度、电压和逐台设备的情况，超限的当场转成故障",
    columns=(
        Column("at", "时间", Moment(), width=152, required=True, usual="现在"),
        Column("plan", "计划", EntryOf("round_plans"), width=140, shown=False),
        Column("site", "站点", SiteOf(), width=160),
        *(Column(one.key, f"{one.title}（{one.unit}）", one.kind, width=88) for one in QUANTITIES),
        Column("breach", "异常", Text(longest=16000, lines=True), width=220, derived=True),
        Column("who", "巡检人", PersonOf(), width=80, required=True),
        Column("fault", "故障", FaultOf(), width=84, entered=False),
        Column("measures", "采取的措施", Text(longest=500, lines=True), width=160, entered=False),
        Column(
            "devices",
            "设备检查",
            Checks(),
            width=160,
            shown=False,
            hint="一行一台：AN-0012 正常，或 AN-0013 异常：风扇响",
        ),
        Column(
            "surroundings",
            "环境检查",
            Checks(names=SURROUNDINGS),
            width=160,
            shown=False,
            hint=f"一行一项：{'、'.join(SURROUNDINGS)}",
        ),
        Column("limits", "当时的限值", Text(), width=220, shown=False, derived=True),
        Column("note", "备注", Text(longest=1000, lines=True), width=160),
    ),
    views=(
        View("unhandled", "待处理", _unhandled, pressing=True),
        View("breached", "异常", lambda _now: (filled("breach"),)),
        View("today", "今天", _today),
        View("month", "本月", _month),
    ),
    actions=(
        Action("handle", "记处理", ("measures",), "已记处理", wanting),
        Action("fault", "关联故障", ("fault",), "已关联故障", wanting),
    ),
    sort="at",
    descending=True,
    identity=("at", "site"),
    fill=fill,
    derive=derive,
    check=check,
    tones=tones,
)
