"""The house itself: what cannot be done, what a form is offered, how pages follow one another."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.reading import registers as reading
from dispatch_app.operations.register_pages import page_of
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, Cursor, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.devices import DEVICES
from dispatch_app.operations.registers.entries import AmendEntry, RestoreEntry, WithdrawEntry
from dispatch_app.operations.registers.register import ENTER, Check, always, before_day, before_moment
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.registers.network_desk import address, network
from tests.operations.registers.test_entries import add
from tests.operations.scene import RESOURCES, Scene


def offered(scene: Scene, register: str, column: str, typed: str = "") -> list[str]:
    return [one.typed for one in scene.queries.register_offers(register, column, typed)]


def pages(scene: Scene, wanted: RegisterFilter, sort: RegisterSort) -> list[list[str]]:
    found: list[list[str]] = []
    after: Cursor | None = None
    while not found or after is not None:
        page = scene.queries.register_page("devices", wanted, sort, after, 2)
        found.append([row.cells[1] for row in page.rows])
        after = page.after
    return found


# ── what there is not ──


def test_names_no_register_has_are_refused(scene: Scene) -> None:
    with pytest.raises(LookupError):
        register_of("none")
    with pytest.raises(LookupError):
        page_of("none")
    assert page_of("addresses") == "devices"
    with pytest.raises(LookupError):
        DEVICES.column("none")
    with pytest.raises(LookupError):
        DEVICES.action("none")
    with pytest.raises(KnownError, match="没有这个视图"):
        scene.queries.register_page("devices", RegisterFilter(view="none"), RegisterSort())
    with pytest.raises(KnownError, match="不能按「none」排序"):
        scene.queries.register_page("devices", RegisterFilter(), RegisterSort("none"))
    with pytest.raises(KnownError, match="没有这条记录"):
        scene.queries.register_entry("none")
    with pytest.raises(KnownError, match="设备台账里没有「none」"):
        scene.queries.register_entry_named("devices", "none")


def test_what_stands_cannot_be_restored_and_a_reason_is_wanted(scene: Scene) -> None:
    one = add(scene)
    with pytest.raises(KnownError, match="这条记录没有作废"):
        scene.do(RestoreEntry(one, 1, "恢复"))
    with pytest.raises(KnownError, match="没有写作废的原因"):
        scene.do(WithdrawEntry(one, 1, " "))
    scene.do(WithdrawEntry(one, 1, "重复"))
    with pytest.raises(KnownError, match="没有写恢复的原因"):
        scene.do(RestoreEntry(one, 2, ""))
    with pytest.raises(KnownError, match="已作废"):
        scene.do(AmendEntry(one, 2, {"brand": "华为"}, "改"))


def test_a_check_knows_the_day_and_what_is_shown(scene: Scene) -> None:
    with scene.database.reader() as session:
        law = law_in_force(session, load_terms(RESOURCES / "contract"))
        lookup = lookup_for(session, scene.clock.at)
        made = Check(session, law, lookup, DEVICES, "", ENTER, {}, {"important": True})
        assert made.now == scene.clock.at
        assert made.today.isoformat() == "2024-11-22"
        assert (made.text("important"), made.text("label")) == ("是", "")
    assert always({}) is None


def test_what_lies_before_leaves_out_what_is_empty(scene: Scene) -> None:
    span = before_day("warranty_until", scene.clock.at)
    assert (span.low, span.high) == ("\x01", "2024-11-22")
    assert before_moment("at", 7).high == "000000000007"


# ── lists ──


@pytest.mark.parametrize("down", [False, True])
def test_pages_follow_one_another_without_a_gap(scene: Scene, down: bool) -> None:
    for label in ("AN-1", "AN-2", "AN-10", "AN-11"):
        add(scene, label=label)
    ordered = ["AN-1", "AN-2", "AN-10", "AN-11"]
    wanted = ordered[::-1] if down else ordered
    assert pages(scene, RegisterFilter(), RegisterSort("label", down)) == [wanted[:2], wanted[2:], []]


def test_the_withdrawn_are_paged_too_the_latest_first(scene: Scene) -> None:
    for label in ("AN-1", "AN-2", "AN-3"):
        scene.do(WithdrawEntry(add(scene, label=label), 1, "重复"))
    found = pages(scene, RegisterFilter(view=WITHDRAWN_VIEW), RegisterSort())
    assert found == [["AN-3", "AN-2"], ["AN-1"]]
    assert scene.queries.register_count("devices", RegisterFilter(view=WITHDRAWN_VIEW)) == 3


def test_signs_alone_are_found_nowhere(scene: Scene) -> None:
    add(scene)
    assert pages(scene, RegisterFilter("——"), RegisterSort()) == [[]]


def test_many_matches_are_met_on_the_walk(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FEW", 0)
    add(scene)
    add(scene, label="AN-0002", brand="华为")
    assert pages(scene, RegisterFilter("an"), RegisterSort("label")) == [["AN-0002", "AN-0012"], []]
    assert pages(scene, RegisterFilter("华为"), RegisterSort("label")) == [["AN-0002"]]


# ── what a field offers ──


def test_a_field_offers_what_can_stand_in_it(scene: Scene) -> None:
    add(scene, brand="H3C")
    add(scene, label="AN-0002", brand="华为")
    add(scene, label="AN-0003", brand="H3C")
    assert offered(scene, "devices", "state")[0] == "在用"
    assert offered(scene, "devices", "important") == ["是", "否"]
    assert "市政府大楼机房" in offered(scene, "devices", "site", "szf")
    assert offered(scene, "devices", "brand") == ["H3C", "华为"]
    assert offered(scene, "devices", "brand", "hw") == ["华为"]
    assert offered(scene, "devices", "label") == []
    assert offered(scene, "addresses", "switch", "0003") == ["AN-0003"]
    assert "张懿明" in offered(scene, "leaves", "person")


def test_faults_are_offered_by_their_number(scene: Scene) -> None:
    scene.register(symptom="专网不通")
    (one,) = scene.queries.register_offers("spare_uses", "fault", "a-00")
    assert (one.typed, one.detail) == ("A-0001", "市政府大楼机房 · 专网不通")


def test_what_points_at_an_entry_is_counted_with_it(scene: Scene) -> None:
    one = network(scene)
    address(scene, "10.8.1.20")
    (relation,) = scene.queries.register_entry(one).relations
    assert (relation.title, relation.count, relation.register) == ("IP 地址分配表", 1, "addresses")
    wanted = RegisterFilter(refers=("network", one))
    assert scene.queries.register_count("addresses", wanted) == 1


def test_what_was_withdrawn_is_rebuilt_as_withdrawn(scene: Scene) -> None:
    scene.do(WithdrawEntry(add(scene), 1, "重复"))
    terms = load_terms(RESOURCES / "contract")
    assert rebuild(scene.database, terms, Stamp("", "", "A", scene.clock.at)).differing == ()
    assert scene.queries.register_count("devices", RegisterFilter()) == 0
    assert scene.queries.register_count("devices", RegisterFilter(view=WITHDRAWN_VIEW)) == 1
