"""What the files of the contract say, and what is said of a slip in one."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch_app.contract.facts import Zone
from dispatch_app.contract.terms import (
    READING_GUIDE,
    READING_VALUES,
    PlaceKind,
    Readings,
    Terms,
    TermsFileError,
    parse_contract,
    parse_readings,
    parse_roster,
    parse_service_items,
    parse_sites,
)
from dispatch_app.operations.contract_files import (
    SHIPPED,
    load_contract,
    load_readings,
    load_roster,
    load_service_items,
    load_sites,
    load_terms,
)
from tests.contract.story import moment, terms


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / name).read_text("utf-8"))


CONTRACT = shipped("contract.toml")


# What is shipped.


def test_the_contract_is_the_one_of_2024() -> None:
    contract = load_contract()
    assert contract.client == "安宁市工业和科学技术信息化局"
    assert contract.contractor == "安宁网盛信息技术有限公司"
    assert contract.price == Decimal("160000.00")
    assert contract.general_breach_sum == Decimal("32000.00")
    assert (contract.unreachable_sum, contract.nobody_sent_sum) == (Decimal("2000.00"), Decimal("2000.00"))
    assert (contract.count_limit, contract.part_line, contract.minimum_technicians) == (
        5,
        Decimal("300.00"),
        5,
    )
    assert (contract.term_first, contract.term_last) == (date(2024, 3, 1), date(2025, 2, 28))
    assert len(contract.service_lines) == 6


def test_the_term_is_whole_days_in_beijing() -> None:
    law = load_terms()
    assert law.readings == Readings()
    assert (law.term_start, law.term_end) == (moment("2024-03-01 00:00"), moment("2025-03-01 00:00"))
    inside = [law.in_term(law.term_start + s) for s in (-1, 0)] + [
        law.in_term(law.term_end + s) for s in (-1, 0)
    ]
    assert inside == [False, True, True, False]
    assert terms(term="words").term_end == moment("2027-03-01 00:00")
    assert terms(term="words").last_day == date(2027, 2, 28)


def test_there_are_fifteen_readings_and_the_first_is_used() -> None:
    assert len(READING_GUIDE) == 15
    assert load_readings().as_mapping() == {key: values[0] for key, values in READING_VALUES.items()}
    assert list(load_readings().as_mapping()) == [guide.key for guide in READING_GUIDE]
    for guide in READING_GUIDE:
        assert guide.question
        assert guide.clause
        assert all(value and meaning for value, meaning in guide.options)


def test_the_roster_has_five_technicians_and_the_call_taker() -> None:
    roster = load_roster()
    assert [(one.digit, one.name) for one in roster] == [
        (1, "朱红成"),
        (2, "刘涛"),
        (3, "杨双金"),
        (4, "张懿明"),
        (5, "刘平"),
        (0, "李鸿兰"),
    ]
    assert sum(one.technician for one in roster) == load_contract().minimum_technicians
    assert [one.id for one in roster if one.call_taker] == ["lihonglan"]


def test_no_personal_mobile_is_shipped() -> None:
    lines = set(load_contract().service_lines)
    assert {line for one in load_roster() for line in one.service_lines} <= lines


def test_the_service_items_keep_the_contracts_numbers_without_a_sixth() -> None:
    assert [item.number for item in load_service_items()] == [*range(1, 6), *range(7, 16)]
    assert all(item.title for item in load_service_items())


def test_two_streets_are_in_town_and_seven_are_not() -> None:
    streets = {site.street: site for site in load_sites() if site.kind is PlaceKind.STREET}
    assert {name for name, site in streets.items() if site.zone is Zone.URBAN} == {"连然", "金方"}
    assert {name for name, site in streets.items() if site.zone is Zone.OUTLYING} == {
        "温泉", "青龙", "太平新城", "草铺", "禄脿", "县街", "八街",
    }  # fmt: skip
    assert {name for name, site in streets.items() if site.pending} == {"金方", "青龙"}
    assert (streets["八街"].longitude, streets["八街"].latitude) == (102.36083, 24.66917)


def test_outdoor_plant_has_no_place_and_stands_in_both_zones() -> None:
    plant = [site for site in load_sites() if site.plant]
    assert {site.kind for site in plant} == {PlaceKind.BOX, PlaceKind.FIBRE, PlaceKind.NODE}
    assert {(site.kind, site.zone) for site in plant} == {
        (kind, zone) for kind in (PlaceKind.BOX, PlaceKind.FIBRE, PlaceKind.NODE) for zone in Zone
    }
    assert all(site.longitude is None for site in plant)


def test_every_service_item_of_a_site_exists_and_a_point_is_approximate_or_pending() -> None:
    numbers = {item.number for item in load_service_items()}
    for site in load_sites():
        assert site.service_item in numbers
        assert site.approximate == (site.longitude is not None)
        assert not (site.pending and site.longitude is not None)


# A slip of the pen.


def _without(mapping: dict[str, Any], path: str) -> dict[str, Any]:
    changed = deepcopy(mapping)
    *tables, key = path.split(".")
    table = changed
    for name in tables:
        table = table[name]
    del table[key]
    return changed


def _with(mapping: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed = deepcopy(mapping)
    *tables, key = path.split(".")
    table = changed
    for name in tables:
        table = table[name]
    table[key] = value
    return changed


KEYS = [
    f"{key}.{inner}" if isinstance(value, dict) else key
    for key, value in CONTRACT.items()
    for inner in (value if isinstance(value, dict) else [""])
]


@pytest.mark.parametrize("path", KEYS)
def test_every_key_of_the_contract_is_asked_for_by_name(path: str) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_contract(_without(CONTRACT, path), "contract.toml")
    assert (raised.value.file, raised.value.key) == ("contract.toml", path)
    assert path in raised.value.message
    assert "contract.toml" in raised.value.message
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", " "),
        ("title", 3),
        ("parties", "甲乙"),
        ("parties.clinet", "甲"),
        ("surprise", 1),
        ("price.total", 160000),
        ("price.total", "160,000"),
        ("price.total", "16万"),
        ("price.total", "1.234"),
        ("price.total", "1.x"),
        ("price.total", "-1"),
        ("price.total", "１"),
        ("term.first", "2024-03-01"),
        ("term.first", datetime.fromisoformat("2024-03-01T00:00")),
        ("term.last", date(2024, 2, 29)),
        ("term.last_by_words", date(2024, 2, 29)),
        ("penalties.count_limit", 0),
        ("penalties.count_limit", True),
        ("penalties.count_limit", "5"),
        ("duties.service_lines", "0871"),
        ("duties.service_lines", ["0871", ""]),
        ("duties.service_lines", [1]),
    ],
)
def test_a_slip_in_the_contract_names_file_key_and_remedy(path: str, value: Any) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_contract(_with(CONTRACT, path, value), "contract.toml")
    assert raised.value.key == path
    assert raised.value.remedy


def test_money_may_be_written_without_decimals() -> None:
    assert parse_contract(_with(CONTRACT, "price.total", "160000"), "x").price == Decimal("160000.00")


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(TermsFileError):
        parse_contract([], "contract.toml")  # type: ignore[arg-type]  # what a caller might hand in


@pytest.mark.parametrize("mapping", [{"dispatch": "assigned"}, {"readings": {"dispatch": "assigned"}}])
def test_readings_left_out_keep_the_one_used(mapping: dict[str, Any]) -> None:
    assert parse_readings(mapping, "readings.toml") == Readings(dispatch="assigned")


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        ({"dispatch": "sent"}, "dispatch"),
        ({"dispatch": 1}, "dispatch"),
        ({"despatch": "assigned"}, "despatch"),
        ({"readings": "assigned"}, "readings"),
        ({"readings": {}, "dispatch": "assigned"}, "readings"),
    ],
)
def test_a_slip_in_the_readings_names_its_key(mapping: dict[str, Any], key: str) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_readings(mapping, "readings.toml")
    assert raised.value.key == key


def _one(file: str, table: str, /, **changes: Any) -> dict[str, Any]:
    """The first entry of a file, changed; a value of None takes the key away."""
    entry = shipped(file)[table][0] | changes
    return {table: [{key: value for key, value in entry.items() if value is not None}]}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"id": None}, "member[1].id"),
        ({"name": ""}, "member[1].name"),
        ({"digit": None}, "member[1].digit"),
        ({"technician": "yes"}, "member[1].technician"),
        ({"mobile": "1"}, "member[1].mobile"),
        ({"skills": None}, "member[1].skills"),
    ],
)
def test_a_slip_in_the_roster_names_the_person(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_roster(_one("roster.toml", "member", **changes), "roster.toml")
    assert raised.value.key == key


def test_two_people_cannot_share_an_id_or_a_digit() -> None:
    first = shipped("roster.toml")["member"][0]
    for changes, key in (({"digit": 2}, "member[2].id"), ({"id": "other"}, "member[2].digit")):
        with pytest.raises(TermsFileError) as raised:
            parse_roster({"member": [first, first | changes]}, "roster.toml")
        assert raised.value.key == key


def test_two_people_may_have_no_digit() -> None:
    taker = shipped("roster.toml")["member"][5]
    assert len(parse_roster({"member": [taker, taker | {"id": "other"}]}, "roster.toml")) == 2


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "hut"}, "site[1].kind"),
        ({"zone": "市区"}, "site[1].zone"),
        ({"longitude": None}, "site[1].longitude"),
        ({"latitude": None}, "site[1].longitude"),
        ({"longitude": "102"}, "site[1].longitude"),
        ({"longitude": True}, "site[1].longitude"),
        ({"latitude": 91.0}, "site[1].latitude"),
        ({"aliases": None}, "site[1].aliases"),
        ({"service_item": 0}, "site[1].service_item"),
        ({"colour": "red"}, "site[1].colour"),
    ],
)
def test_a_slip_in_the_sites_names_the_site(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_sites(_one("sites.toml", "site", **changes), "sites.toml")
    assert raised.value.key == key


def test_a_site_may_have_no_place_no_street_and_no_item() -> None:
    bare = _one("sites.toml", "site", longitude=None, latitude=None, street=None, service_item=None)
    (site,) = parse_sites(bare, "sites.toml")
    assert (site.longitude, site.street, site.service_item) == (None, "", 0)


def test_two_sites_cannot_share_an_id_or_a_name() -> None:
    first = shipped("sites.toml")["site"][0]
    for changes, key in (
        ({"name": "甲", "aliases": []}, "site[2].id"),
        ({"id": "b", "name": "甲"}, "site[2].name"),
    ):
        with pytest.raises(TermsFileError) as raised:
            parse_sites({"site": [first, first | changes]}, "sites.toml")
        assert raised.value.key == key


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        ({}, "item"),
        ({"item": {}}, "item"),
        ({"item": [1]}, "item[1]"),
        ({"item": [{"number": 1, "title": "甲"}, {"number": 1, "title": "乙"}]}, "item[2].number"),
        ({"item": [{"number": 1, "title": "甲", "note": "x"}]}, "item[1].note"),
        ({"item": [], "more": 1}, "more"),
    ],
)
def test_a_slip_in_the_service_items_names_the_item(mapping: dict[str, Any], key: str) -> None:
    with pytest.raises(TermsFileError) as raised:
        parse_service_items(mapping, "service_items.toml")
    assert raised.value.key == key


# Reading the files.


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TermsFileError, match=r"contract\.toml"):
        load_terms(tmp_path)


@pytest.mark.parametrize("data", [b"title = ", b"title = \xff"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "roster.toml").write_bytes(data)
    with pytest.raises(TermsFileError, match="TOML"):
        load_roster(tmp_path)


def test_terms_are_compared_by_what_they_say() -> None:
    assert load_terms() == Terms(load_contract())
