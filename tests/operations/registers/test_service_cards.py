"""服务卡片发放: who received cards, when, and what this month's were (附一 三.1)."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry
from tests.operations.scene import Scene

HANDED = {
    "handed_on": "今天",
    "site": "八街",
    "receiver": "办公室值班员",
    "unit": "八街街道办事处",
    "cards": "12",
    "handed_by": "张懿明",
}


def seen(scene: Scene, view: str) -> list[str]:
    page = scene.queries.register_page("service_cards", RegisterFilter(view=view), RegisterSort("handed_on"))
    return [row.cells[1] for row in page.rows]


def test_cards_of_this_month_are_those_of_the_beijing_month(scene: Scene) -> None:
    for day in ("2024-10-31", "2024-11-01", "2024-11-22"):
        scene.do(AddEntry("service_cards", HANDED | {"handed_on": day}))
    assert seen(scene, "month") == ["2024-11-01", "2024-11-22"]
    assert len(seen(scene, "")) == 3
    # The first second of December in Beijing.
    scene.at("2024-12-01 00:00:00")
    assert seen(scene, "month") == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"handed_on": "2024-11-23"}, "handed_on", "发放日期还没有到"),
        ({"cards": "0"}, "cards", "张数：「0」不在能有的范围内"),
        ({"receiver": ""}, "receiver", "没有填领取人"),
        ({"handed_by": "某人"}, "handed_by", "发放人：名单上没有「某人」"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(AddEntry("service_cards", HANDED | typed))
    assert (refused.value.field, refused.value.message) == (field, message)
