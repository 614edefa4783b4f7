"""A desk with a few networks, and addresses given out of them."""

from __future__ import annotations

from dispatch_app.operations.registers.entries import AddEntry
from tests.operations.scene import Scene

OFFICE = {"name": "办公专网", "cidr": "10.8.1.0/24", "kind": "专网", "gateway": "10.8.1.1", "vlan": "81"}


def network(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("networks", OFFICE | other)).created


def address(scene: Scene, typed: str, **other: str) -> str:
    return scene.do(AddEntry("addresses", {"address": typed} | other)).created
