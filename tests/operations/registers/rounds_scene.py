"""Plans, rounds, systems and backups with what most tests want of them."""

from __future__ import annotations

from dispatch_app.operations.registers.entries import AddEntry
from tests.operations.scene import Scene

ROOM = "市政府大楼机房"
NAS = "三楼 NAS-01"


def add_device(scene: Scene, label: str, site: str = ROOM, state: str = "在用") -> str:
    typed = {
        "label": label,
        "kind": "交换机",
        "brand": "H3C",
        "site": site,
        "state": state,
        "important": "否",
    }
    return scene.do(AddEntry("devices", typed)).created


def add_plan(scene: Scene, name: str = "市政府日检", **other: str) -> str:
    typed = {"name": name, "site": ROOM, "cycle": "每天", "workdays": "是", "since": "2024-11-18"}
    return scene.do(AddEntry("round_plans", typed | {"suspended": "否"} | other)).created


def add_round(scene: Scene, **other: str) -> str:
    typed = {
        "at": "现在",
        "site": ROOM,
        "who": "张懿明",
        "temperature": "22.5",
        "humidity": "45",
        "voltage": "221",
    }
    return scene.do(AddEntry("rounds", typed | other)).created


def add_system(scene: Scene, name: str = "公文交换系统", **other: str) -> str:
    typed = {
        "name": name,
        "days": "7",
        "medium": "NAS",
        "device": NAS,
        "restore_months": "3",
        "refresh_months": "12",
        "since": "2024-11-18",
        "suspended": "否",
    }
    return scene.do(AddEntry("backup_systems", typed | other)).created


def add_backup(scene: Scene, **other: str) -> str:
    typed = {
        "at": "现在",
        "system": "公文交换系统",
        "kind": "全量",
        "size": "12.5",
        "device": NAS,
        "who": "刘涛",
    }
    return scene.do(AddEntry("backups", typed | other)).created
