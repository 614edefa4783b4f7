"""机房出入 (附二(六), 附三(一)): nobody from outside enters a room without the bureau's approval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.kinds import MINUTE, Measure, Moment, PersonOf, SiteOf, Text, Values
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    before_moment,
    empty,
)
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.standing import Standing, pointing, within
from dispatch_app.operations.rows import StaffState

KEY = "visits"
CAME = Moment()


def inside(session: Session) -> list[Standing]:
    """Visits whose visitors have not left yet, in the order they were entered."""
    return within(session, KEY, empty("left"))


def check(made: Check) -> None:
    """Raises KnownError by the name of the visitor, or of the escort who is not there."""
    visitor = made.text("visitor")
    if not made.text("approval"):
        raise KnownError(
            f"{visitor} 没有安宁市工业和信息化局的批准，不能进入机房（附二（六））",
            "取得批准后，填上批准文号再登记",
            "approval",
        )
    _escort_is_here(made)
    came, left = int(made.after["came"]), made.after.get("left")
    if left is not None and int(left) < came:
        raise KnownError(
            f"离开时间早于进入时间 {made.text('came')}", f"{visitor} 离开的时间请填在进入之后", "left"
        )
    if left is None:
        _not_inside_already(made, visitor)


def _escort_is_here(made: Check) -> None:
    must_be_present(made, "escort", "came")
    if not made.changed("escort"):
        return
    person, came = made.lookup.people[str(made.after["escort"])], int(made.after["came"])
    # A visit of last week is written down whoever is away today.
    away = person.availability == StaffState.ON_LEAVE and came + MINUTE > person.availability_since
    leave = _leave_on(made.session, person.id, date_of(came).isoformat())
    if away or leave:
        said = f"那天请假（{leave}）" if leave else "正在请假"
        raise KnownError(f"{person.name} {said}，不能陪同进入机房", "请换一位在岗的陪同人", "escort")


def _leave_on(session: Session, staff_id: str, day: str) -> str:
    """Number of the leave somebody has on a day; empty for none. The day of coming back is worked."""
    for one in pointing(session, "leaves", "person", staff_id):
        values = one.values
        ended = str(values["back"]) <= day if "back" in values else str(values["until"]) < day
        if str(values["since"]) <= day and not ended:
            return one.number
    return ""


def _not_inside_already(made: Check, visitor: str) -> None:
    same = (fold(visitor), fold(made.text("unit")))
    for one in inside(made.session):
        if one.entry_id == made.entry_id:
            continue
        if (fold(str(one.values["visitor"])), fold(str(one.values["unit"]))) == same:
            room = made.lookup.site_name(str(one.values["site"]))
            came = CAME.text(one.values["came"], made.lookup)
            raise KnownError(
                f"{visitor}（{made.text('unit')}）还在 {room} 里：{one.number}，{came} 进入",
                f"先给 {one.number} 登记离开",
                "visitor",
            )


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """Whoever came before today and has not left: the entry was forgotten, or somebody is there unseen."""
    if "left" not in values and date_of(int(values["came"])) < today:
        return {"came": Tone.BREACHED}
    return {}


def _has_left(values: Values) -> tuple[str, str] | None:
    return ("已经登记过离开", "时间不对请用「更正」") if "left" in values else None


VISITS = Register(
    key=KEY,
    title="机房出入",
    code="JC",
    counted="次出入",
    clause="附二（六）、附三（一）",
    purpose="登记外单位人员进出机房：没有安宁市工业和信息化局的批准不得进入，进出都有人陪同、有时间",
    naming="visitor",
    columns=(
        Column("visitor", "来访人", Text(longest=40), width=80, required=True),
        Column("unit", "单位", Text(longest=80), width=132, required=True),
        Column("people", "人数", Measure(low="1", high="99"), width=48, required=True, usual="1"),
        Column("site", "机房", SiteOf(), width=140, required=True),
        Column("came", "进入时间", CAME, width=138, required=True, usual="现在"),
        Column("left", "离开时间", Moment(), width=138, entered=False),
        Column("purpose", "事由", Text(longest=200), width=160, required=True),
        Column(
            "approval",
            "批准文号",
            Text(longest=60),
            width=150,
            hint="安宁市工业和信息化局的批准；没有批准不得进入（附二（六））",
        ),
        Column("escort", "陪同人", PersonOf(), width=80, required=True),
        Column(
            "items",
            "携带物品",
            Text(longest=200),
            width=160,
            hint="个人的存储介质和电子设备不得带入（附四 五）",
        ),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View("inside", "现在在室内", lambda _now: (empty("left"),)),
        View(
            "overnight",
            "隔天未离开",
            lambda now: (empty("left"), before_moment("came", start_of(date_of(now)))),
            pressing=True,
        ),
    ),
    actions=(Action("leave", "离开", ("left", "note"), "已登记离开", _has_left, preset={"left": "现在"}),),
    descending=True,
    check=check,
    tones=tones,
)
