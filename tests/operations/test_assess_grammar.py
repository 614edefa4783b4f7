"""How a log may be written: columns, words, times, encodings, blank lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.operations.assess_table import COLUMNS
from dispatch_app.operations.contract_files import load_sites
from tests.operations.call_logs import Log, as_csv, clock, row

ENGLISH = {
    "call_no": "A1",
    "reported_at": "2024-06-03 09:00",
    "zone": "outlying",
    "site": "八街",
    "emergency": "1",
    "engineer": "刘平",
    "assigned_at": "2024-06-03 09:01",
    "acknowledged_at": "2024-06-03 09:02",
    "departed_at": "2024-06-03 09:03",
    "arrived_at": "2024-06-03 09:04",
    "confirmed_at": "2024-06-03 09:05",
    "procedure": "special_report",
    "repair_started_at": "2024-06-03 09:06",
    "special_report_at": "2024-06-03 09:07",
    "resolved_at": "2024-06-03 09:08",
    "cancelled_at": "2024-06-03 09:09",
    "cycle": "1",
    "source": "unit",
    "cancel_kind": "false_alarm",
    "unreachable_at": "2024-06-03 09:10",
    "group": "G1",
    "third_party_cause": "unable",
    "third_party_labor": "10",
    "third_party_parts": "网线:20×2",
}
WORDS = {
    "outlying": "市区外",
    "1": "是",
    "special_report": "专报",
    "unit": "用户单位",
    "false_alarm": "误报",
    "unable": "无力处理",
}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def test_every_column_may_carry_either_name_and_every_word_either_language(log: Log) -> None:
    assert list(ENGLISH) == list(COLUMNS)
    chinese = {COLUMNS[name]: WORDS.get(value, value) for name, value in ENGLISH.items() if name != "cycle"}
    assert log.assess([chinese | {"次数": "1"}]) == log.assess([ENGLISH])


def test_columns_may_stand_in_any_order(log: Log) -> None:
    assert log.assess(as_csv([ENGLISH], list(reversed(ENGLISH)))) == log.assess([ENGLISH])


@pytest.mark.parametrize(
    ("column", "pairs"),
    [
        ("zone", {"urban": "市区", "outlying": "市区外"}),
        ("emergency", {"1": "是", "0": "否"}),
        (
            "procedure",
            {"routine": "常规", "repair": "维修", "special_report": "专报", "warranty": "厂家"},
        ),
        ("source", {"client": "甲方", "unit": "用户单位", "patrol": "巡检", "monitoring": "监控"}),
        ("cancel_kind", {"duplicate": "重复", "out_of_scope": "非服务对象", "false_alarm": "误报"}),
        ("third_party_cause", {"late": "逾期", "unable": "无力处理", "other": "其他"}),
    ],
)
def test_both_words_say_the_same(log: Log, column: str, pairs: dict[str, str]) -> None:
    said = ENGLISH | {"resolved_at": "", "repair_started_at": "", "special_report_at": ""}
    answers = []
    for english, chinese in pairs.items():
        answers.append(log.call(said | {column: english}))
        assert log.call(said | {column: chinese}) == answers[-1]
    assert any(answer != answers[0] for answer in answers[1:])


def test_unknown_columns_are_ignored_with_a_note(log: Log) -> None:
    answer = log.assess("备注,call_no,reported_at,zone,天气,\n坏了,A1,2024-06-03 09:00,urban,晴,\n")
    assert answer["notes"] == ["unknown column 备注 ignored", "unknown column 天气 ignored"]
    assert len(answer["calls"]) == 1


def test_cells_beyond_the_headings_are_ignored_with_a_note(log: Log) -> None:
    answer = log.assess(
        "call_no,reported_at,zone\nA1,2024-06-03 09:00,urban,,\nA2,2024-06-03 09:00,urban,,x\n"
    )
    assert answer["notes"] == ["row 3: cells beyond the headings ignored"]
    assert len(answer["calls"]) == 2


def test_short_rows_are_empty_to_the_right(log: Log) -> None:
    answer = log.assess(
        "call_no,reported_at,zone,arrived_at\nA1,2024-06-03 09:00,urban\nA2,2024-06-03 09:00\n"
    )
    assert [call["call_no"] for call in answer["calls"]] == ["A1"]
    assert answer["rejected"][0]["reason"].startswith("zone: ")


def test_blank_lines_are_skipped_and_counted(log: Log) -> None:
    answer = log.assess("call_no,reported_at,zone\n\nA1,2024-06-03 09:00,urban\n   \n,,\nA2,x,urban\n\n")
    assert [call["call_no"] for call in answer["calls"]] == ["A1"]
    assert [(found["row"], found["call_no"]) for found in answer["rejected"]] == [(6, "A2")]


def test_blank_lines_above_the_headings_are_not_counted(log: Log) -> None:
    answer = log.assess("\n\ncall_no,reported_at,zone\nA1,x,urban\n")
    assert answer["rejected"][0]["row"] == 2


def test_a_record_over_several_lines_is_one_row(log: Log) -> None:
    answer = log.assess('call_no,reported_at,zone,备注\nA1,2024-06-03 09:00,urban,"一\n二"\nA2,x,urban,\n')
    assert answer["rejected"][0]["row"] == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(log: Log, end: str) -> None:
    text = as_csv([row("A1"), row("A2")]).replace("\n", end)
    assert [call["call_no"] for call in log.assess(text)["calls"]] == ["A1", "A2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_found(log: Log, encoding: str) -> None:
    text = as_csv([{"单号": "禄脿-1", "接报时间": "2024-06-03 09:00", "站点": "禄脿"}])
    answer = log.assess(text.encode(encoding))
    assert answer["calls"][0]["call_no"] == "禄脿-1"
    assert answer["calls"][0]["zone"] == "outlying"
    assert answer["notes"] == []


def test_a_byte_order_mark_in_gb18030_is_no_part_of_the_first_heading(log: Log) -> None:
    text = "\ufeff单号,接报时间,区域\n甲,2024-06-03 09:00,市区\n"
    assert log.assess(text.encode("gb18030"))["calls"][0]["call_no"] == "甲"


def test_spaces_around_cells_and_headings_mean_nothing(log: Log) -> None:
    answer = log.assess(" call_no ,reported_at　, zone\n A1 , 2024-06-03 09:00 ,　urban \n")
    assert answer["calls"][0]["call_no"] == "A1"


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-03 09:00",
        "2024-06-03 09:00:00",
        "2024-06-03T09:00",
        "2024-06-03T09:00:00",
        "2024-06-03T09:00:00+08:00",
        "2024-06-03T01:00:00Z",
        "2024-06-03T01:00Z",
        "2024-06-03T01:00:00+00:00",
        "2024-06-02T23:00:00-02:00",
        "2024-06-03T10:30:00+0930",
        "2024-06-03 10:00+09:00",
        "20240603T090000",
        "2024-06-03T09",
        "2024-W23-1T09:00",
        "2024-06-03T09:00:00.000",
    ],
)
def test_times_may_be_written(log: Log, text: str) -> None:
    call = log.call(row(reported_at=text, arrived_at=text))
    assert clock(call, "arrival")["started_at"] == "2024-06-03T09:00:00+08:00"
    assert clock(call, "arrival")["stopped_at"] == "2024-06-03T09:00:00+08:00"


def test_as_of_may_carry_an_offset(log: Log) -> None:
    assert log.assess([row()], as_of="2025-02-28T16:00:00Z")["as_of"] == "2025-03-01T00:00:00+08:00"


# Sites.


@pytest.mark.parametrize("site", [name for site in load_sites() for name in (site.name, *site.aliases)])
def test_a_known_site_says_its_zone(log: Log, site: str) -> None:
    zone = next(one.zone for one in load_sites() if site in (one.name, *one.aliases))
    assert log.call(row(zone="", site=site))["zone"] == zone.value


@pytest.mark.parametrize(
    ("site", "zone"),
    [
        ("连然", "urban"),
        ("金方", "urban"),
        *((name, "outlying") for name in ("温泉", "青龙", "太平新城", "草铺", "禄脿", "县街", "八街")),
        ("宁湖大厦", "urban"),
        ("市政府大楼", "urban"),
        ("市委大楼", "urban"),
        ("城市文化中心", "urban"),
        ("安宁市工业和科学技术信息化局", "urban"),
        ("公文交换系统", "urban"),
    ],
)
def test_the_sites_of_the_contract_stand_where_the_reading_says(log: Log, site: str, zone: str) -> None:
    assert log.call(row(zone="", site=site))["zone"] == zone


def test_a_given_zone_wins_over_the_site(log: Log) -> None:
    assert log.call(row(zone="urban", site="八街"))["zone"] == "urban"
    assert log.call(row(zone="outlying", site="火星"))["zone"] == "outlying"


def test_a_log_may_have_sites_and_no_zones(log: Log) -> None:
    assert (
        log.assess("call_no,reported_at,site\nA1,2024-06-03 09:00, 八街 街道\n")["calls"][0]["zone"]
        == "outlying"
    )
