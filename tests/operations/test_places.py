"""站点: found by what people type, placed, amended, added."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.operations.pinyin_index import index, rank
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.sites import AddSite, AmendSite, PlaceSite
from tests.operations.scene import Scene


def site(scene: Scene, site_id: str) -> SiteRow:
    return next(row for row in scene.queries.sites() if row.id == site_id)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nhds", "宁湖大厦一机房"),
        ("ＮＨＤＳ", "宁湖大厦一机房"),
        ("bj", "八街街道办事处节点"),
        ("lubiao", "禄脿街道办事处节点"),
        ("禄脿", "禄脿街道办事处节点"),
        ("市委", "市委大楼机房"),
        ("工信局", "市工业和科学技术信息化局"),
        ("县街", "县街街道办事处节点"),
        ("wenhua zhong", "城市文化中心"),
        ("视频", "城市大脑视频会议系统"),
    ],
)
def test_a_site_is_found_by_initials_pinyin_fragment_or_another_name(
    scene: Scene, typed: str, first: str
) -> None:
    assert scene.queries.find_sites(typed)[0].name == first


def test_nothing_typed_or_nonsense_finds_nothing_and_no_more_than_asked(scene: Scene) -> None:
    assert scene.queries.find_sites("  ") == ()
    assert scene.queries.find_sites("qqqq") == ()
    assert len(scene.queries.find_sites("j", limit=3)) == 3


def test_a_site_with_open_faults_comes_first_among_equals_and_shows_them(scene: Scene) -> None:
    before = [row.id for row in scene.queries.find_sites("nhds")]
    fault = scene.register("ninghu-2", "风扇响")
    found = scene.queries.find_sites("nhds")
    assert before == ["ninghu-1", "ninghu-2"]
    assert [row.id for row in found] == ["ninghu-2", "ninghu-1"]
    assert found[0].open_faults == ((fault, "A-0001", "风扇响"),)
    scene.finish(fault)
    assert site(scene, "ninghu-2").open_faults == ()


def test_every_reading_of_a_character_finds_the_name() -> None:
    initials, full = index("长春路3号箱")
    assert initials.split()[0] == "ccl3hx"
    assert "zcl3hx" in initials.split()
    assert "zhangchunlu3haoxiang" in full.split()
    assert index("（）") == ("", "")


def test_a_prefix_is_better_than_a_fragment_and_the_name_than_its_pinyin() -> None:
    initials, full = index("八街")
    ranks = [
        rank(text, "八街", initials, full) for text in ("八街", "八", "b", "baji", "街", "j", "ajie", "x")
    ]
    assert ranks == [0, 1, 2, 3, 4, 5, 6, None]


def test_placing_a_site_makes_it_exact(scene: Scene) -> None:
    assert site(scene, "bajie").approximate
    changes = scene.do(PlaceSite("bajie", 102.36, 24.67))
    row = site(scene, "bajie")
    assert (row.longitude, row.latitude, row.approximate) == (102.36, 24.67, False)
    assert changes.sites == {"bajie"}


@pytest.mark.parametrize("command", [PlaceSite("bajie", 200.0, 24.0), PlaceSite("nowhere", 102.0, 24.0)])
def test_a_place_off_the_map_or_of_no_site_is_refused(scene: Scene, command: PlaceSite) -> None:
    with pytest.raises(KnownError):
        scene.do(command)


def due(scene: Scene, fault: str) -> int | None:
    return next(one.due_at for one in scene.row(fault).clocks if one.clock is ClockName.ARRIVAL)


def test_a_corrected_zone_is_replayed_on_the_faults_open_there_and_nowhere_else(scene: Scene) -> None:
    open_here, elsewhere, ended = scene.register("bajie"), scene.register("caopu"), scene.register("bajie")
    scene.finish(ended)
    start = scene.clock.at
    changes = scene.do(AmendSite("bajie", "八街街道办事处节点", Zone.URBAN, "局方确认"))
    assert changes.faults == {open_here}
    assert "1 件在办故障" in changes.message
    assert due(scene, open_here) == start + 40 * 60
    assert due(scene, elsewhere) == start + 2 * 3600
    assert scene.row(ended).zone is Zone.OUTLYING
    assert scene.queries.fault_detail(open_here).timeline[-1].kind is FactKind.AMENDED


def test_a_renamed_site_is_still_found_under_its_old_name(scene: Scene) -> None:
    scene.do(AmendSite("bajie", "八街便民中心", Zone.OUTLYING, "搬迁"))
    assert scene.queries.find_sites("bjbmzx")[0].id == "bajie"
    assert scene.queries.find_sites("bjjd")[0].id == "bajie"
    assert scene.queries.find_sites("八街街道")[0].id == "bajie"


def test_amending_nothing_writes_nothing(scene: Scene) -> None:
    assert scene.do(AmendSite("bajie", "八街街道办事处节点", Zone.OUTLYING, "")).sites == frozenset()


@pytest.mark.parametrize(
    ("name", "reason", "field"),
    [("八街", " ", "reason"), (" ", "搬迁", "name"), ("市委大楼机房", "搬迁", "name")],
)
def test_an_amendment_without_reason_name_or_room_for_it_is_refused(
    scene: Scene, name: str, reason: str, field: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(AmendSite("bajie", name, Zone.OUTLYING, reason))
    assert refused.value.field == field


def test_a_new_site_can_be_found_and_has_no_place_yet(scene: Scene) -> None:
    added = scene.do(AddSite(" 昆钢交换箱 ", "box", Zone.OUTLYING, "太平新城")).created
    row = scene.queries.find_sites("kgjhx")[0]
    assert (row.id, row.name, row.longitude, row.street) == (added, "昆钢交换箱", None, "太平新城")


def test_a_new_site_of_no_kind_or_a_taken_name_is_refused(scene: Scene) -> None:
    for command in (AddSite("甲", "castle", Zone.URBAN), AddSite("市委大楼机房", "room", Zone.URBAN)):
        with pytest.raises(KnownError):
            scene.do(command)
