"""人员变动 (九.1, 四.3, 四.5, 附五): who joins, leaves, is sent back or changes a telephone; told beforehand.

A change is written down while it is planned, told to 甲方 by a 函告, and takes effect (生效) on a day: only
then the roster changes. A change that takes effect without having been told is allowed, for facts are facts,
and is said to be late.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dispatch_app.contract.calendar_beijing import date_of, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Choice, Day, Flag, Mobile, PersonOf, Text, Values
from dispatch_app.operations.registers.media import must_hold_no_media
from dispatch_app.operations.registers.register import (
    WITHDRAW,
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    Written,
    before_day,
    chosen,
    empty,
    within_days,
)
from dispatch_app.operations.registers.rules import must_be_present, must_not_lie_ahead
from dispatch_app.operations.roster_file import MOBILE
from dispatch_app.operations.staff_moves import (
    Newcomer,
    await_mobile,
    awaited_mobile,
    change_mobile,
    forget_mobile,
    join,
    leave,
    named,
)

JOIN, LEAVE, PHONE, SENT_BACK = "join", "leave", "phone", "sent_back"
KINDS = {JOIN: "入职", LEAVE: "离职", PHONE: "更换电话", SENT_BACK: "甲方遣返"}
GOING = (LEAVE, SENT_BACK)
TIMELY = {"early": "提前函告", "same_day": "当天函告", "late": "迟于变更", "never": "未函告"}
SKILLS = {"network": "网络", "software": "软件", "maintenance": "维护", "fibre": "光纤", "dispatch": "接线"}
SOON_DAYS = 7
EFFECT, TELL = "effect", "tell"
"""Keys of the two steps of a change."""
_FIXED = ("kind", "person", "name", "mobile", "technician")
"""What has gone into the roster can only be changed by a further change."""


def derive(values: Values) -> Values:
    """Whether 甲方 was told before the change took effect (九.1: 提前)."""
    sent, effective = values.get("letter_sent"), values.get("effective")
    if sent is None and effective is None:
        return {"notice": "待函告"}
    if sent is None:
        return {"timely": "never", "notice": "未函告"}
    if effective is None:
        return {"notice": "已函告"}
    late = (date.fromisoformat(str(sent)) - date.fromisoformat(str(effective))).days
    if late < 0:
        return {"timely": "early", "notice": f"提前 {-late} 天"}
    if late == 0:
        return {"timely": "same_day", "notice": "当天函告，未提前"}
    return {"timely": "late", "notice": f"迟于变更 {late} 天"}


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """A change told late, or due and still untold, is red."""
    found: dict[str, Tone] = {}
    told = values.get("letter_sent") is not None
    if values.get("timely") in ("same_day", "late", "never"):
        found["notice"] = Tone.BREACHED
    if values.get("effective") is None and "planned" in values:
        planned = date.fromisoformat(str(values["planned"]))
        if planned <= today:
            found["planned"] = Tone.SOON
            if not told:
                found["notice"] = Tone.BREACHED
        elif not told and planned <= today + timedelta(days=SOON_DAYS):
            found["notice"] = Tone.SOON
    if values.get("kind") == SENT_BACK and "successor" not in values:
        found["kind"] = Tone.BREACHED
    return found


def check(made: Check) -> None:
    """Who it is about, what must be given back, and that the roster is only changed by a step of its own."""
    _says_whom(made)
    _no_number_in_words(made)
    if "effective" in made.before:
        _only_what_is_not_in_the_roster(made)
    elif made.action == EFFECT:
        _can_take_effect(made)
    if made.action == TELL:
        _was_told(made)


def follow(job: Job, written: Written) -> Changes:
    """Keep a number that is to be; change the roster when the change takes effect."""
    mobile = written.secrets.get("mobile", "")
    if mobile:
        await_mobile(job.session, written.entry_id, mobile)
    elif "mobile" not in written.after:
        forget_mobile(job.session, written.entry_id)
    return _take_effect(job, written) if written.action == EFFECT else Changes()


def stands(job: Job, written: Written) -> Changes:
    """What has changed the roster stands. Raises KnownError."""
    if written.action == WITHDRAW and "effective" in written.after:
        raise KnownError(
            f"{written.number} 已经生效，名单已改，不能作废", "另记一条变动（例如入职）把名单改回来"
        )
    return Changes()


def _take_effect(job: Job, written: Written) -> Changes:
    values = written.after
    day = date.fromisoformat(str(values["effective"]))
    since = job.now if day == date_of(job.now) else start_of(day)
    mobile = awaited_mobile(job.session, written.entry_id)
    forget_mobile(job.session, written.entry_id)
    if values["kind"] == JOIN:
        return join(job, _newcomer(job, values, mobile), since, written.number)
    person = str(values["person"])
    if values["kind"] == PHONE:
        return change_mobile(job, person, mobile, written.number)
    return leave(job, person, since, written.number)


def _newcomer(job: Job, values: Values, mobile: str) -> Newcomer:
    lines = job.law.terms.contract.service_lines
    return Newcomer(
        name=str(values["name"]),
        post=str(values.get("post", "")),
        role=str(values["role"]),
        technician=bool(values["technician"]),
        skills=str(values.get("skill", "")),
        service_line=str(values.get("line") or lines[0]),
        mobile=mobile,
    )


def _says_whom(made: Check) -> None:
    kind = made.after["kind"]
    if kind == JOIN:
        for column, word in (("name", "新人的姓名"), ("role", "新人的岗位"), ("technician", "是否技术人员")):
            _need(made, column, word)
        if made.changed("name") and "effective" not in made.after:
            _not_on_the_roster(made)
        return
    _need(made, "person", "是谁")
    must_be_present(made, "person")
    if kind == PHONE:
        _need(made, "mobile", "新手机号码")


def _need(made: Check, column: str, word: str) -> None:
    if made.after.get(column) is None:
        kind = KINDS[str(made.after["kind"])]
        raise KnownError(f"{kind}没有写{word}", "函告须写明变更后人员的姓名和联系方式（九.1）", column)


def _not_on_the_roster(made: Check) -> None:
    there = named(made.session, str(made.after["name"]))
    if there is not None and there.availability != "left":
        raise KnownError(f"{there.name} 已在名单上", "同名的请加以区别，例如写上部门", "name")


def _no_number_in_words(made: Check) -> None:
    """Personal mobiles stand in the roster and in the letter, and in nothing that is exported or printed."""
    for column in made.register.typed:
        value = made.after.get(column.key)
        free = isinstance(column.kind, Text) and column.key != "line" and made.changed(column.key)
        if free and MOBILE.search(str(value)):
            raise KnownError(
                f"{column.heading}里有手机号码", "个人号码只填在「新手机号码」里，登记簿不留全号", column.key
            )


def _only_what_is_not_in_the_roster(made: Check) -> None:
    for column in _FIXED:
        if made.changed(column):
            heading = made.register.column(column).heading
            raise KnownError(
                f"{heading}已随变动生效写进名单，不能再改", "请另记一条变动，两条都会保留", column
            )


def _was_told(made: Check) -> None:
    if made.after.get("letter") is None:
        raise KnownError("没有写函告的编号", "写这份函告的发文字号，例如 函〔2026〕3号", "letter")
    if made.after.get("letter_sent") is None:
        raise KnownError("没有写函告日期", "写送达甲方的那一天", "letter_sent")
    must_not_lie_ahead(made, "letter_sent")


def _can_take_effect(made: Check) -> None:
    if made.after.get("effective") is None:
        raise KnownError("没有写生效日期", "写变动真正发生的那一天", "effective")
    effective = date.fromisoformat(str(made.after["effective"]))
    if effective > made.today:
        raise KnownError(
            f"{effective.isoformat()} 还没有到，变动不能先生效",
            "到那天再点生效；现在可以先出函告",
            "effective",
        )
    kind = made.after["kind"]
    if kind == JOIN:
        _not_on_the_roster(made)
    else:
        person = made.lookup.people[str(made.after["person"])]
        if person.availability == "left":
            raise KnownError(f"{person.name} 已经离职", "这条变动不用再生效，可以作废", "person")
        if kind == PHONE and not awaited_mobile(made.session, made.entry_id):
            raise KnownError("没有完整的新手机号码", "请更正这条变动，写入 11 位手机号", "mobile")
        if kind in GOING:
            must_hold_no_media(made.session, person.id, person.name)


def _not_yet(values: Values) -> tuple[str, str] | None:
    return ("这条变动已经生效", "要再改名单，请另记一条变动") if "effective" in values else None


def _not_told(values: Values) -> tuple[str, str] | None:
    if "letter" in values:
        return f"已函告：{values['letter']}", "函告编号写错的，请更正"
    return None


STAFF_CHANGES = Register(
    key="staff_changes",
    title="人员变动",
    code="RB",
    counted="条变动",
    clause="九.1、四.3、四.5",
    purpose="登记人员入职、离职、换电话和甲方遣返：先出函告，到日子再生效，名单随之改变",
    columns=(
        Column("kind", "变动", Choice(KINDS), width=88, required=True),
        Column("person", "人员", PersonOf(), width=96, hint="入职的不填，写在「新人姓名」"),
        Column("name", "新人姓名", Text(longest=32), width=96),
        Column("post", "职务", Text(longest=32), width=96, shown=False),
        Column("role", "岗位", Text(longest=32), width=112, hint="例如 网络工程师、维护工程师"),
        Column("technician", "技术人员", Flag(), width=80, usual="是", hint="计入合同要求的五人（二.2）"),
        Column("skill", "专长", Choice(SKILLS), width=72, shown=False),
        Column("line", "服务电话", Text(longest=32), width=120, shown=False, hint="空着就用第一条服务专线"),
        Column(
            "mobile",
            "新手机号码",
            Mobile(),
            width=112,
            secret=True,
            hint="全号只进加密的名单和函告，这里只留前三后四位",
        ),
        Column("planned", "计划日期", Day(), width=104, required=True, usual="今天"),
        Column("effective", "生效日期", Day(), width=104, entered=False),
        Column("successor", "接替的人", Text(longest=32), width=96, hint="甲方遣返的须更换人员（四.5）"),
        Column("reason", "事由", Text(longest=300, lines=True), width=160),
        Column("letter", "函告", Text(longest=48), width=128, entered=False),
        Column("letter_sent", "函告日期", Day(), width=104, entered=False),
        Column("notice", "是否提前", Text(), width=128, derived=True),
        Column("timely", "函告时机", Choice(TIMELY), width=88, derived=True, shown=False),
    ),
    views=(
        View(
            "untold",
            "待函告",
            lambda now: (empty("letter"), before_day("planned", now, SOON_DAYS + 1)),
            pressing=True,
        ),
        View("planned", "未生效", lambda _now: (empty("effective"),)),
        View("due", "该生效", lambda now: (empty("effective"), before_day("planned", now, 1)), pressing=True),
        View("coming", "七天内", lambda now: (empty("effective"), within_days("planned", now, SOON_DAYS))),
        View("late", "函告迟了", lambda _now: (chosen("timely", TIMELY, "same_day", "never"),)),
        View(
            "unreplaced",
            "遣返未更换",
            lambda _now: (chosen("kind", KINDS, SENT_BACK), empty("successor")),
            pressing=True,
        ),
    ),
    actions=(
        Action(TELL, "登记函告", ("letter", "letter_sent"), "已登记函告", _not_told, {"letter_sent": "今天"}),
        Action(EFFECT, "生效", ("effective",), "已生效", _not_yet, {"effective": "今天"}),
    ),
    sort="planned",
    descending=True,
    check=check,
    derive=derive,
    follow=follow,
    follows=True,
    stands=stands,
    tones=tones,
)
