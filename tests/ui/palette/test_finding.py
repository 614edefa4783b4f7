"""What is typed finds what was meant, always in the same order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.palette import finding
from dispatch_app.ui.palette.entries import GROUP_WORDS, Group, Place, Where
from dispatch_app.ui.palette.finding import MOST, ended_wish, find
from dispatch_app.ui.palette.form_list import FORMS
from tests.ui.desk.rows import fault
from tests.ui.palette.scenes import OLD, SEVEN, asked, first, found, titles


@pytest.mark.parametrize("typed", ["7", "0007", "A-0007", "a-0007", "a0007", "７", " 7 "])
def test_a_number_is_that_fault_and_no_other(typed: str) -> None:
    entries = [entry for entry in found(typed) if entry.group is Group.FAULT]
    assert [entry.place for entry in entries] == [Place(Where.FAULT, "fault-7")]


@pytest.mark.parametrize("typed", ["nhds", "ninghu", "宁湖", "一机房", "NHDS", "ｎｈｄｓ"])
def test_a_site_is_found_with_its_faults_before_it(typed: str) -> None:
    entries = found(typed)
    assert [entry.place for entry in entries[:2]] == [
        Place(Where.FAULT, "fault-7"),
        Place(Where.SITE, "s-nhds"),
    ]


def test_a_word_of_the_symptom_finds_the_fault() -> None:
    assert titles("断电") == ["A-0007 宁湖大厦一机房"]


@pytest.mark.parametrize("typed", ["张懿明", "zhangyiming", "zym", "懿明"])
def test_a_person_is_found_and_their_number_copied(typed: str) -> None:
    entry = next(entry for entry in found(typed) if entry.group is Group.PERSON)
    assert entry.title == "1 张懿明"
    assert entry.place == Place(Where.NUMBER, "0871-68686833", "张懿明")


def test_a_digit_finds_the_person_too() -> None:
    assert "5 杨双金" in titles("5")


@pytest.mark.parametrize(
    ("typed", "title", "place"),
    [
        ("合同", "合同", Place(Where.PAGE, "contract")),
        ("ht", "合同", Place(Where.PAGE, "contract")),
        ("wyjs", "违约结算表", Place(Where.PAGE, "tallies")),
        ("派工单", "派工单", Place(Where.PAGE, "desk")),
        ("yjbl", "夜间补录", Place(Where.NIGHT)),
        ("tongbao", "硬件工作状态通报", Place(Where.BULLETIN)),
        ("标识贴", "设备标识贴", Place(Where.TOOL, "devices", "标识贴")),
        ("撤回时间", "撤回时间", Place(Where.PAGE, "settings")),
    ],
)
def test_pages_forms_and_settings_are_found(typed: str, title: str, place: Place) -> None:
    assert (title, place) in [(entry.title, entry.place) for entry in found(typed)]


def test_every_kind_of_paper_has_its_line() -> None:
    assert {kind for form in FORMS for kind in form.kinds} == set(DocumentKind)


def test_open_faults_stand_before_ended_ones() -> None:
    entries = found("八街", ended=(OLD,))
    groups = [entry.group for entry in entries]
    assert groups[0] is Group.FAULT
    assert groups[-1] is Group.ENDED
    assert entries[-1].will == "查看已结束的 A-0003 八街街道办事处节点"


def test_an_ended_fault_is_found_by_its_number() -> None:
    assert first("3", ended=(OLD,)).place == Place(Where.FAULT, "fault-3")


def test_nothing_typed_offers_what_presses_and_the_pages() -> None:
    assert titles("  ")[:3] == ["A-0007 宁湖大厦一机房", "A-0006 八街街道办事处节点", "A-0017 市委大楼机房"]
    assert titles("")[-1] == "合同"


def test_what_nobody_knows_finds_nothing() -> None:
    assert found("没有这样的东西") == ()
    assert found("0") == ()


def test_the_list_is_short_mixed_and_stable() -> None:
    many = [fault(number, site_id="s-sw", site_name="市委大楼机房") for number in range(1, 301)]
    known = asked(*many)
    entries = find("s", known)
    assert len(entries) <= MOST
    assert len({entry.group for entry in entries}) > 1
    assert find("s", known) == entries


def test_a_keystroke_compares_each_thing_once(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [replace(fault(number), symptom="长" * 7000) for number in range(1, 301)]
    known = asked(*many)
    compared: list[str] = []
    real = finding.rank

    def counting(*words: Any) -> int | None:
        compared.append(words[1])
        return real(*words)

    monkeypatch.setattr(finding, "rank", counting)
    find("jifang", known)
    assert len(compared) == len(known.known.faults) + len(known.known.people) + len(known.known.named)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("归档 7", "7"), ("gd a-7", "7"), ("7", "7"), ("八街", "八街"), ("派 张懿明", ""), ("", ""),
        ("解决 14:05", ""), ("解决 -5", ""),
    ],
)  # fmt: skip
def test_only_what_can_be_an_ended_fault_is_looked_up(typed: str, wish: str) -> None:
    assert ended_wish(typed) == wish


def test_a_very_long_symptom_is_cut_to_a_line() -> None:
    long = replace(SEVEN, symptom="断\t网\n😀𠮷" * 2000)
    detail = first("7", long).detail
    assert len(detail) < 120
    assert detail.endswith("…")
    assert "\n" not in detail
    assert "\t" not in detail


def test_every_group_has_a_word() -> None:
    assert len(GROUP_WORDS) == len(Group)
