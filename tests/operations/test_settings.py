"""Settings describe themselves and refuse what they cannot be."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent
from dispatch_app.operations.alarm_ladder import PROMISE
from dispatch_app.operations.setting_list import DEFINITIONS, THRESHOLDS
from dispatch_app.operations.settings import ChangeSetting
from tests.operations.scene import Scene


def recorded(scene: Scene) -> list[str]:
    with scene.database.reader() as session:
        chosen = select(DeskEvent.payload).where(DeskEvent.subject == "setting").order_by(DeskEvent.seq)
        return list(session.scalars(chosen))


def test_every_default_is_acceptable_to_its_own_setting() -> None:
    assert [one.name for one in DEFINITIONS if one.accept(one.default) != one.default] == []
    assert len({one.name for one in DEFINITIONS}) == len(DEFINITIONS)


def test_every_clock_has_a_soon_and_a_last_call(scene: Scene) -> None:
    assert set(THRESHOLDS) == {*ClockName, PROMISE}
    shown = {row.name: row.value for row in scene.queries.settings()}
    assert (shown["soon_arrival"], shown["last_call_arrival"]) == ("15", "5")
    assert (shown["soon_dispatch_5h"], shown["last_call_dispatch_5h"]) == ("60", "15")


def test_a_changed_setting_is_kept_recorded_and_shown(scene: Scene) -> None:
    changes = scene.do(ChangeSetting("soon_arrival", " 020 "))
    assert changes.settings == {"soon_arrival"}
    assert scene.queries.setting("soon_arrival") == "20"
    row = next(one for one in scene.queries.settings() if one.name == "soon_arrival")
    assert (row.value, row.default, row.unit, row.group) == ("20", "15", "分钟", "时限提醒")
    scene.do(ChangeSetting("soon_arrival", "25"))
    assert recorded(scene) == ['{"after":"20","before":"15"}', '{"after":"25","before":"20"}']


def test_the_same_value_again_is_nothing(scene: Scene) -> None:
    assert scene.do(ChangeSetting("theme", "system")).settings == frozenset()
    assert recorded(scene) == []


def test_what_no_page_shows_is_kept_without_a_record(scene: Scene) -> None:
    assert scene.do(ChangeSetting("home_site", "ninghu-2")).settings == {"home_site"}
    assert scene.queries.setting("home_site") == "ninghu-2"
    assert recorded(scene) == []
    assert "home_site" not in {row.name for row in scene.queries.settings()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("soon_arrival", "0"),
        ("soon_arrival", "2881"),
        ("soon_arrival", "-5"),
        ("soon_arrival", "五"),
        ("soon_arrival", ""),
        ("theme", "pink"),
        ("sound", "yes"),
    ],
)
def test_a_value_of_the_wrong_kind_or_out_of_bounds_is_refused(scene: Scene, name: str, value: str) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(ChangeSetting(name, value))
    assert refused.value.field == name
    assert refused.value.remedy


@pytest.mark.parametrize(("name", "value"), [("theme", "dark"), ("sound", "0"), ("letterhead", "某公司文件")])
def test_choices_switches_and_texts_take_what_they_are(scene: Scene, name: str, value: str) -> None:
    scene.do(ChangeSetting(name, value))
    assert scene.queries.setting(name) == value


def test_a_setting_nobody_defined_is_refused(scene: Scene) -> None:
    with pytest.raises(KnownError):
        scene.do(ChangeSetting("moon", "full"))
    with pytest.raises(KnownError):
        scene.queries.setting("moon")


def test_several_settings_are_read_as_one_by_one(scene: Scene) -> None:
    scene.do(ChangeSetting("undo_seconds", "20"))
    setting = scene.queries.chosen_settings()
    for name in ("undo_seconds", "sound", "last_call_repeat"):
        assert setting(name) == scene.queries.setting(name)
    with pytest.raises(KnownError, match="没有名为"):
        setting("weather")
