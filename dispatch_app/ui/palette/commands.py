"""From what is typed to the commands it means, each with the sentence that says what will happen. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.operations.faults import AssignFault, CancelFault, RecordMilestone, ReleaseEngineer
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.rows import FaultRow, StaffState
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.operations.words import CANCEL_WORDS, FACT_WORDS, PROCEDURE_WORDS, STATE_WORDS
from dispatch_app.ui.palette.entries import Entry, Group, Place, Where
from dispatch_app.ui.palette.references import Asked, Moment, Named, by_number, by_site, moment, people
from dispatch_app.ui.palette.snapshot import KnownPerson
from dispatch_app.ui.palette.verbs import Act, Said, said

T = TypeVar("T")
MOST = 5
"""Faults or people offered where none is named."""
PROCEDURES = (
    (Procedure.ROUTINE, ("常规", "changgui", "cg")),
    (Procedure.REPAIR, ("维修程序", "weixiu", "wx")),
    (Procedure.SPECIAL_REPORT, ("专报程序", "zhuanbao", "zb")),
    (Procedure.WARRANTY, ("厂家免费维保", "changjia", "cj")),
)
CANCELS = (
    (CancelKind.FALSE_ALARM, ("误报", "wubao", "wb")),
    (CancelKind.DUPLICATE, ("重复", "chongfu", "cf")),
    (CancelKind.OUT_OF_SCOPE, ("非服务对象", "feifuwuduixiang", "ffwdx")),
)
LOOKS = (
    ("light", ("浅色", "qianse", "qs")),
    ("dark", ("深色", "shense", "ss")),
    ("system", ("跟随系统", "gensuixitong", "gsxt")),
)
Choices = tuple[tuple[T, tuple[str, ...]], ...]
"""(value, what it is called and how that is typed), the likeliest first."""


def command_entries(text: str, asked: Asked) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """(commands whose word stands there in full, words that `text` may become)."""
    whole: list[Entry] = []
    begun: list[Entry] = []
    for one in said(text):
        if one.whole:
            whole.extend(_MAKERS[one.verb.act](one, asked))
        else:
            wants = f" {one.verb.wants}" if one.verb.wants else ""
            will = f"写成「{one.verb.word}{wants}」"
            begun.append(Entry(Group.COMMAND, one.verb.word, one.verb.wants, will, fill=f"{one.verb.word} "))
    return tuple(whole), tuple(begun)


# ── on a fault ──


def _assign(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked, person_first=True)
    if isinstance(named, Entry):
        yield named
        return
    meant, rest = people(asked, named.rest)
    if named.rest and not meant:
        yield _refused(
            one, f"名单上没有「{named.rest}」", "写姓名、拼音首字母或人员卡上的数字，如「派 7 zym」"
        )
        return
    for fault in named.faults[:1] if not meant else named.faults[:MOST]:
        for person in meant or _sendable(asked):
            yield _timed(one, rest, asked, fault, _assigning(fault, person))


def _assigning(fault: FaultRow, person: KnownPerson) -> Callable[[Moment], Entry]:
    def make(when: Moment) -> Entry:
        row = person.row
        busy = "、".join(f"{number} {site}" for number, site, _ in row.engagements)
        state = STATE_WORDS[row.state]
        will = f"派 {row.name} 去 {_name(fault)}，时间 {when.words}；{row.name} 现在{state}"
        command = AssignFault(fault.id, row.id, fault.version, when.at)
        title = f"派 {fault.number} {row.name}"
        return Entry(
            Group.COMMAND, title, _name(fault), will + (f"：{busy}" if busy else ""), commands=(command,)
        )

    return make


def _reassign(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked, person_first=True)
    if isinstance(named, Entry):
        yield named
        return
    fault = named.faults[0]
    first, rest = people(asked, named.rest)
    second, rest = people(asked, rest)
    leaving = [part for part in fault.engagements if not second or part.staff_id == first[0].row.id]
    coming = (second or first)[:MOST]
    if not coming:
        yield _refused(one, "没有写改派给谁", "写上姓名，如「改派 7 刘平」")
    elif len(leaving) != 1:
        names = "、".join(part.name for part in fault.engagements) or "还没有人"
        remedy = "写明换下谁、换上谁，如「改派 7 刘平 张懿明」" if fault.engagements else "用「派 7 姓名」"
        yield _refused(one, f"{fault.number} 在办的是 {names}，看不出换下谁", remedy)
    for person in coming if len(leaving) == 1 else ():
        out, row = leaving[0], person.row
        if row.id in {part.staff_id for part in fault.engagements}:
            yield _refused(one, f"{row.name} 已在 {fault.number} 上", "换上的须是另一个人")
            continue
        will = f"派 {row.name} 去 {_name(fault)}，{out.name} 撤出，时间 现在"
        commands = (
            AssignFault(fault.id, row.id, fault.version),
            ReleaseEngineer(fault.id, out.staff_id, f"改派 {row.name}", fault.version),
        )
        title = f"改派 {fault.number} {out.name} → {row.name}"
        yield Entry(Group.COMMAND, title, _name(fault), will, commands=commands)


def _step(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked)
    if isinstance(named, Entry):
        yield named
        return
    if one.verb.step is FactKind.CONFIRMED:
        chosen, rest = _chosen(PROCEDURES, named.rest)
        for fault in named.faults[:1]:
            for procedure in chosen:
                yield _timed(one, rest, asked, fault, _recording(one, fault, procedure))
        return
    for fault in named.faults:
        yield _timed(one, named.rest, asked, fault, _recording(one, fault))


def _recording(one: Said, fault: FaultRow, procedure: Procedure | None = None) -> Callable[[Moment], Entry]:
    kind = one.verb.step
    assert kind is not None

    def make(when: Moment) -> Entry:
        which = f"（{PROCEDURE_WORDS[procedure]}）" if procedure else ""
        note = f"，备注「{when.note}」" if when.note else ""
        will = f"给 {_name(fault)} 记{FACT_WORDS[kind]}{which}，时间 {when.words}{note}"
        command = RecordMilestone(fault.id, kind, fault.version, when.at, procedure, note=when.note)
        title = f"{FACT_WORDS[kind]} {fault.number}{which}"
        return Entry(Group.COMMAND, title, _name(fault), will, commands=(command,))

    return make


def _cancel(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked)
    if isinstance(named, Entry):
        yield named
        return
    chosen, rest = _chosen(CANCELS, named.rest)
    fault = named.faults[0]
    for kind in chosen:
        of, after = "", rest
        if kind is CancelKind.DUPLICATE:
            other = by_number(asked, rest)
            if other is None or not other.faults:
                yield _refused(
                    one, "没有写与哪件故障重复", f"写上那件的编号，如「销单 {fault.number} 重复 5」"
                )
                continue
            of, after = other.faults[0].number, other.rest
        yield _timed(one, after, asked, fault, _cancelling(fault, kind, of))


def _cancelling(fault: FaultRow, kind: CancelKind, of: str) -> Callable[[Moment], Entry]:
    def make(when: Moment) -> Entry:
        why = CANCEL_WORDS[kind] + (f" {of}" if of else "")
        note = f"，备注「{when.note}」" if when.note else ""
        will = f"把 {_name(fault)} 销单，理由是{why}，时间 {when.words}{note}"
        command = CancelFault(fault.id, kind, fault.version, of, when.note, when.at)
        return Entry(Group.COMMAND, f"销单 {fault.number}（{why}）", _name(fault), will, commands=(command,))

    return make


def _work_order(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked)
    if isinstance(named, Entry):
        yield named
        return
    fault = named.faults[0]
    meant, _ = people(asked, named.rest)
    wanted = {person.row.id for person in meant}
    engaged = [part for part in fault.engagements if not wanted or part.staff_id in wanted]
    if not engaged:
        yield _refused(one, f"{fault.number} 还没有派人，没有派工单", f"先派人，如「派 {fault.number} 姓名」")
    for part in engaged:
        place = Place(Where.WORK_ORDER, fault.id, part.staff_id)
        will = f"打开 {_name(fault)} 给 {part.name} 的派工单"
        yield Entry(Group.COMMAND, f"派工单 {fault.number} {part.name}", _name(fault), will, place=place)


def _correct(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked)
    if isinstance(named, Entry):
        yield named
        return
    for fault in named.faults if named.typed else named.faults[:1]:
        will = f"打开 {_name(fault)} 的更正，从最后一条记录起：改时间或作废"
        place = Place(Where.CORRECTION, fault.id)
        yield Entry(Group.COMMAND, f"更正 {fault.number}", _name(fault), will, place=place)


def _third_party(one: Said, asked: Asked) -> Iterator[Entry]:
    named = _fault(one, asked)
    if isinstance(named, Entry):
        yield named
        return
    for fault in named.faults if named.typed else named.faults[:1]:
        will = f"打开 {_name(fault)} 的甲方委托第三方：原因、人工费、零件（四.6）"
        place = Place(Where.THIRD_PARTY, fault.id)
        yield Entry(Group.COMMAND, f"委托第三方 {fault.number}", _name(fault), will, place=place)


# ── the others ──


def _availability(one: Said, asked: Asked) -> Iterator[Entry]:
    state = one.verb.state
    assert state is not None
    meant, _ = people(asked, one.rest)
    if one.rest and not meant:
        yield _refused(one, f"名单上没有「{one.rest}」", "写姓名、拼音首字母或人员卡上的数字")
        return
    for person in meant or asked.known.people:
        row = person.row
        if row.state is StaffState.LEFT:
            continue
        hand = "、".join(number for number, _, _ in row.engagements)
        away = state in (StaffState.ON_LEAVE, StaffState.LEFT)
        after = f"；手上的 {hand} 须改派" if hand and away else ""
        if state is StaffState.LEFT:
            after += "；须函告甲方，从今天起不得再接触维护工作（九.1、四.3）"
        will = f"把 {row.name} 记为{STATE_WORDS[state]}（现在{STATE_WORDS[row.state]}）{after}"
        command = SetAvailability(row.id, state)
        detail = f"{row.role}·{STATE_WORDS[row.state]}"
        yield Entry(Group.COMMAND, f"{one.verb.word} {row.name}", detail, will, commands=(command,))


def _theme(one: Said, asked: Asked) -> Iterator[Entry]:
    chosen, _ = _chosen(LOOKS, one.rest)
    for value in chosen:
        words = dict(LOOKS)[value][0]
        command = ChangeSetting("theme", value)
        yield Entry(Group.COMMAND, f"主题 {words}", "外观", f"外观改为{words}", commands=(command,))


def _call(one: Said, asked: Asked) -> Iterator[Entry]:
    will = "打开接报卡，以现在为接听时刻"
    yield Entry(Group.COMMAND, "接报", "F2", will, place=Place(Where.CALL))


def _undo(one: Said, asked: Asked) -> Iterator[Entry]:
    yield Entry(Group.COMMAND, "撤回", "Ctrl+Z", "撤回最近的一步", place=Place(Where.UNDO))


def _drill(one: Said, asked: Asked) -> Iterator[Entry]:
    will = "在另一个窗口里用临时数据演练一天"
    yield Entry(Group.COMMAND, "演练", "", will, place=Place(Where.DRILL))


_MAKERS: dict[Act, Callable[[Said, Asked], Iterable[Entry]]] = {
    Act.ASSIGN: _assign,
    Act.REASSIGN: _reassign,
    Act.STEP: _step,
    Act.CANCEL: _cancel,
    Act.AVAILABILITY: _availability,
    Act.WORK_ORDER: _work_order,
    Act.CORRECT: _correct,
    Act.THIRD_PARTY: _third_party,
    Act.CALL: _call,
    Act.UNDO: _undo,
    Act.THEME: _theme,
    Act.DRILL: _drill,
}


# ── what they share ──


def _fault(one: Said, asked: Asked, *, person_first: bool = False) -> Named | Entry:
    """The faults a command is about, at least one; or the refusal where there is none.

    `person_first`: the first word may as well be a person's, and then the fault may stand behind it.
    """
    if person_first:
        meant, rest = people(asked, one.rest) if not one.rest[:1].isdigit() else ((), one.rest)
        if meant:
            name = one.rest[: len(one.rest) - len(rest)].strip()
            behind = by_number(asked, rest)
            if behind is not None:
                return _found(one, Named(behind.faults, f"{name} {behind.rest}".strip(), True, behind.number))
            return _found(one, Named(_usual(one, asked, rest), one.rest, False))
    named = by_number(asked, one.rest) or by_site(asked, one.rest)
    return _found(one, named or Named(_usual(one, asked, one.rest), one.rest, False))


def _usual(one: Said, asked: Asked, rest: str) -> tuple[FaultRow, ...]:
    """The faults meant where none is named: the selected one; with nothing behind it, others due for it."""
    chosen = (asked.selected,) if asked.selected is not None else ()
    if rest and chosen:
        return chosen
    ids = {row.id for row in chosen}
    step = one.verb.step or FactKind.ASSIGNED
    due = [
        known.row for known in asked.known.faults if known.row.next_move is step and known.row.id not in ids
    ]
    return (*chosen, *due)[:MOST]


def _found(one: Said, named: Named) -> Named | Entry:
    if named.faults:
        return named
    example = f"「{one.verb.word} 7」"
    if named.number:
        return _refused(one, f"没有编号为 {named.number} 的故障", f"核对编号，或写站点，如{example}")
    return _refused(one, "没有选中故障，也没有写编号", f"写上编号或站点，如{example}")


def _timed(one: Said, text: str, asked: Asked, fault: FaultRow, make: Callable[[Moment], Entry]) -> Entry:
    try:
        when = moment(text, asked.now, fault.reported_at)
    except KnownError as error:
        return _refused(one, error.message, error.remedy, f"{one.verb.word} {fault.number}", _name(fault))
    if when.note and one.verb.act is Act.ASSIGN:
        return _refused(one, f"「{when.note}」不是一个时间", "派单不带备注；时间如 -5 或 14:05")
    return make(when)


def _chosen(choices: Choices[T], text: str) -> tuple[tuple[T, ...], str]:
    """(the choices that the first word of `text` begins, what follows it); all where it begins none."""
    word, _, rest = text.partition(" ")
    wanted = fold(word)
    meant = [value for value, names in choices if wanted and any(name.startswith(wanted) for name in names)]
    return (tuple(meant), rest.strip()) if meant else (tuple(value for value, _ in choices), text)


def _sendable(asked: Asked) -> tuple[KnownPerson, ...]:
    away = (StaffState.ON_LEAVE, StaffState.LEFT)
    able = [person for person in asked.known.people if person.row.digit and person.row.state not in away]
    able.sort(key=lambda person: (bool(person.row.engagements), person.row.state is StaffState.RESTING))
    return tuple(able[:MOST])


def _refused(one: Said, reason: str, remedy: str, title: str = "", detail: str = "") -> Entry:
    return Entry(Group.COMMAND, title or one.verb.word, detail or one.verb.wants, reason, remedy)


def _name(fault: FaultRow) -> str:
    return f"{fault.number} {fault.site_name}"
