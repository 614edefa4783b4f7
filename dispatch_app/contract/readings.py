"""Where the contract can be read in two ways: the fifteen questions, the reading used and the other one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Readings:
    """One answer a question, in the contract page's order; the default is the reading used."""

    term: Literal["dates", "words"] = "dates"
    urban_arrival: Literal["on_site", "ordered"] = "on_site"
    response: Literal["answered", "registered"] = "answered"
    dispatch: Literal["departed", "assigned"] = "departed"
    two_days: Literal["hours_48", "calendar"] = "hours_48"
    renewal_day: Literal["excluded", "included"] = "excluded"
    parts_300: Literal["contractor", "client"] = "contractor"
    outlying_plant: Literal["two_hours", "none"] = "two_hours"
    arrival_from: Literal["report", "response"] = "report"
    remote_fix: Literal["counts", "not"] = "counts"
    repair_start: Literal["all", "repair_only"] = "all"
    out_of_warranty: Literal["threshold", "always_report"] = "threshold"
    same_day: Literal["calendar", "hours_24"] = "calendar"
    user_unit: Literal["client", "own"] = "client"
    redials: Literal["each", "once"] = "each"

    def as_mapping(self) -> Mapping[str, str]:
        """Key → value, in order."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ReadingGuide:
    """What a question asks, for the contract page.

    Attributes:
        clause: Where the contract leaves it open, such as 二.3.
        options: (value, meaning in Chinese), the shipped one first.
    """

    key: str
    question: str
    clause: str
    options: tuple[tuple[str, str], tuple[str, str]]


READING_GUIDE: tuple[ReadingGuide, ...] = (
    ReadingGuide(
        "term",
        "服务期到哪一天",
        "十.1",
        (("dates", "按起止日期，到 2025-02-28"), ("words", "按“叁年”二字，到 2027-02-28")),
    ),
    ReadingGuide(
        "urban_arrival",
        "市区内 40 分钟要做到什么",
        "二.3",
        (("on_site", "40 分钟内有人到场"), ("ordered", "40 分钟内已安排人员")),
    ),
    ReadingGuide(
        "response",
        "怎样算响应",
        "二.3",
        (("answered", "工程师已答复报障人"), ("registered", "电话已登记即为响应")),
    ),
    ReadingGuide(
        "dispatch",
        "怎样算派人",
        "九.2",
        (("departed", "人已出发"), ("assigned", "已指派工程师")),
    ),
    ReadingGuide(
        "two_days",
        "“两天”怎样计算",
        "九.2",
        (("hours_48", "自接报起 48 小时"), ("calendar", "接报当日之后的两个整日")),
    ),
    ReadingGuide(
        "renewal_day",
        "到期前 30 个工作日是否含到期当天",
        "十.2",
        (("excluded", "不含到期当天"), ("included", "含到期当天，截止日晚一个工作日")),
    ),
    ReadingGuide(
        "parts_300",
        "零件单价正好 300 元由谁承担",
        "四.6、八.1(4)",
        (("contractor", "乙方承担"), ("client", "甲方承担")),
    ),
    ReadingGuide(
        "outlying_plant",
        "市区外的交换箱、光纤、无线节点多久到场",
        "二.3",
        (("two_hours", "与七个街道节点相同，2 小时"), ("none", "合同未定时限")),
    ),
    ReadingGuide(
        "arrival_from",
        "到场时限从何时起算",
        "二.3",
        (("report", "自接报起"), ("response", "自响应起")),
    ),
    ReadingGuide(
        "remote_fix",
        "远程解决是否算到场和派人",
        "二.3、九.2",
        (("counts", "算，远程解决即停到场与派人时限"), ("not", "不算，须有人到现场")),
    ),
    ReadingGuide(
        "repair_start",
        "现场确认后 2 小时开修适用于哪些程序",
        "二.4",
        (("all", "常规、维修、厂家维保都适用"), ("repair_only", "只适用于维修程序")),
    ),
    ReadingGuide(
        "out_of_warranty",
        "过了维保期的硬件怎样处理",
        "附一 二.1、二.4",
        (("threshold", "可维修且不超过 300 元走维修，其余走专报"), ("always_report", "一律走专报")),
    ),
    ReadingGuide(
        "same_day",
        "“当天”怎样计算",
        "二.4",
        (("calendar", "接报当日，到北京时间零点前"), ("hours_24", "自接报起 24 小时")),
    ),
    ReadingGuide(
        "user_unit",
        "用户单位的报障电话是否算甲方上报",
        "九.2",
        (("client", "算甲方上报"), ("own", "只有甲方本单位的来电才算")),
    ),
    ReadingGuide(
        "redials",
        "同一紧急故障多次联系不上怎样计次",
        "九.1",
        (("each", "每次都计"), ("once", "每个故障只计一次")),
    ),
)

READING_VALUES: Mapping[str, tuple[str, str]] = {
    guide.key: (guide.options[0][0], guide.options[1][0]) for guide in READING_GUIDE
}
"""Key → (value used, other value), in order."""


def readings_in_words(readings: Readings) -> tuple[str, ...]:
    """One line a question with the answer used and its clause, as papers print them."""
    used = readings.as_mapping()
    return tuple(
        f"{guide.question}：{dict(guide.options)[used[guide.key]]}（{guide.clause}）"
        for guide in READING_GUIDE
    )
