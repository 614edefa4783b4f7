"""A day with rounds and backups to be done."""

from __future__ import annotations

from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.registers.rounds_page import RoundsPage
from tests.ui.pages.conftest import RealDay

ROOM = "市政府大楼机房"
ROUND = {
    "at": "现在",
    "site": ROOM,
    "who": "张懿明",
    "temperature": "22",
    "humidity": "45",
    "voltage": "220",
}
SYSTEM = {
    "name": "公文交换系统",
    "days": "7",
    "medium": "NAS",
    "device": "NAS-01",
    "restore_months": "3",
    "refresh_months": "1",
    "since": "2024-06-03",
    "suspended": "否",
}


def add(day: RealDay, register: str, **typed: str) -> str:
    return day.desk.perform(AddEntry(register, typed)).created


def add_plan(day: RealDay, name: str = "市政府日检", **other: str) -> str:
    typed = {"name": name, "site": ROOM, "cycle": "每天", "workdays": "是", "since": "2024-11-21"}
    return add(day, "round_plans", **(typed | {"suspended": "否", "who": "张懿明"} | other))


def add_round(day: RealDay, **other: str) -> str:
    typed = {
        "at": "现在",
        "site": ROOM,
        "who": "张懿明",
        "temperature": "22",
        "humidity": "45",
        "voltage": "220",
    }
    return add(day, "rounds", **(typed | other))


def add_system(day: RealDay, **other: str) -> str:
    return add(day, "backup_systems", **(SYSTEM | other))


def add_device(day: RealDay, label: str) -> None:
    add(day, "devices", label=label, kind="交换机", site=ROOM, state="在用", important="否")


def renew(page: RoundsPage, day: RealDay) -> None:
    page.duties.read()
    page.shown.model.reload()
    day.settle()


def numbers(page: RoundsPage) -> list[str]:
    return [row.number for row in page.shown.model.rows]
