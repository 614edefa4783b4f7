"""Every setting of the desk, typed and describing itself; the settings page is drawn from this list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dispatch_app.contract.errors import KnownError


class SettingKind(StrEnum):
    WHOLE = "whole"
    TEXT = "text"
    CHOICE = "choice"
    SWITCH = "switch"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class SettingDefinition:
    """One setting. Values are text; `lowest` and `highest` bound whole numbers, both included.

    Attributes:
        group: Heading in Chinese under which the page shows it; empty for what no page shows.
        unit: Unit in Chinese, empty for none.
        choices: (value, label in Chinese) of a choice.
    """

    name: str
    label: str
    kind: SettingKind
    default: str
    group: str = ""
    unit: str = ""
    lowest: int = 0
    highest: int = 0
    choices: tuple[tuple[str, str], ...] = field(default=())

    def accept(self, value: str) -> str:
        """`value` as it is kept.

        Raises:
            KnownError: It is not of this setting's kind or out of its bounds; `field` is the name.
        """
        text = value.strip()
        if self.kind is SettingKind.WHOLE:
            return self._whole(text)
        allowed = dict(self.choices) if self.kind is SettingKind.CHOICE else {"1": "开", "0": "关"}
        if self.kind in (SettingKind.CHOICE, SettingKind.SWITCH) and text not in allowed:
            raise KnownError(
                f"「{self.label}」没有「{text}」这一项", f"可选：{'、'.join(allowed.values())}", self.name
            )
        return text

    def _whole(self, text: str) -> str:
        digits = text.removeprefix("-") if self.lowest < 0 else text
        if not (digits.isascii() and digits.isdecimal()) or not self.lowest <= int(text) <= self.highest:
            raise KnownError(
                f"「{self.label}」须是 {self.lowest} 到 {self.highest} 之间的整数",
                f"默认是 {self.default} {self.unit}".rstrip(),
                self.name,
            )
        return str(int(text))


THRESHOLDS = MappingProxyType(
    {
        "response": ("响应", 10, 3),
        "arrival": ("到场", 15, 5),
        "dispatch_5h": ("五小时派人", 60, 15),
        "dispatch_2d": ("两天派人", 720, 120),
        "repair_start": ("开修", 45, 15),
        "special_report": ("专报", 45, 15),
        "same_day": ("当天解决", 120, 30),
        "promise": ("回电承诺", 10, 3),
    }
)
"""(label, soon, last call) of each clock and of what was promised to a caller, minutes before it is due."""


def _thresholds() -> list[SettingDefinition]:
    found = []
    for clock, (label, soon, last) in THRESHOLDS.items():
        for prefix, word, minutes in (("soon", "临近", soon), ("last_call", "最后提醒", last)):
            found.append(
                SettingDefinition(
                    f"{prefix}_{clock}",
                    f"{label}时限{word}",
                    SettingKind.WHOLE,
                    str(minutes),
                    "时限提醒",
                    "分钟",
                    1,
                    2880,
                )
            )
    return found


def _whole(
    name: str, label: str, default: int, group: str, unit: str, lowest: int, highest: int
) -> SettingDefinition:
    return SettingDefinition(name, label, SettingKind.WHOLE, str(default), group, unit, lowest, highest)


def _text(name: str, label: str, default: str, group: str = "") -> SettingDefinition:
    return SettingDefinition(name, label, SettingKind.TEXT, default, group)


PHRASES = (
    "专网不通、全部断网、光缆中断、设备断电、网速很慢、公文系统登录不上、UPS 告警、设备告警灯亮、端口不通"
)


DEFINITIONS: tuple[SettingDefinition, ...] = (
    *_thresholds(),
    SettingDefinition(
        "theme",
        "外观",
        SettingKind.CHOICE,
        "system",
        "外观",
        choices=(("system", "跟随系统"), ("light", "浅色"), ("dark", "深色")),
    ),
    _whole("scale", "界面缩放", 100, "外观", "%", 100, 200),
    _whole("last_call_repeat", "最后提醒无人应答时再提醒", 2, "时限提醒", "分钟后", 1, 60),
    SettingDefinition("sound", "提醒声", SettingKind.SWITCH, "1", "时限提醒"),
    _whole("undo_seconds", "撤回条停留", 10, "调度", "秒", 3, 60),
    _text("letterhead", "发文机关标志", "安宁网盛信息技术有限公司文件", "公文"),
    _text("addressee", "主送机关", "安宁市工业和科学技术信息化局", "公文"),
    _text("signer", "签发人", "朱红成", "公文"),
    SettingDefinition("font_body", "正文字体文件（仿宋）", SettingKind.PATH, "", "公文"),
    SettingDefinition("font_title", "标题字体文件（小标宋）", SettingKind.PATH, "", "公文"),
    _text("printer", "打印机", "", "公文"),
    _text("phrases", "现象常用语（用、隔开）", PHRASES, "调度"),
    _text("manager", "超时时联系的负责人", "朱红成", "调度"),
    _text("manager_line", "负责人电话", "0871-68686833", "调度"),
    _whole("round_temperature_low", "温度下限", 18, "巡检限值", "℃", 0, 22),
    _whole("round_temperature_high", "温度上限", 27, "巡检限值", "℃", 23, 60),
    _whole("round_humidity_low", "湿度下限", 30, "巡检限值", "%", 0, 49),
    _whole("round_humidity_high", "湿度上限", 60, "巡检限值", "%", 50, 100),
    _whole("round_voltage_low", "电压下限", 198, "巡检限值", "V", 100, 219),
    _whole("round_voltage_high", "电压上限", 235, "巡检限值", "V", 220, 420),
    _whole("travel_urban_kmh", "市区内行车速度（估算用）", 25, "行程估算", "公里/小时", 5, 120),
    _whole("travel_outlying_kmh", "市区外行车速度（估算用）", 45, "行程估算", "公里/小时", 5, 120),
    _whole("travel_detour", "路程相当于直线距离的", 140, "行程估算", "%", 100, 300),
    _whole("travel_start", "出发准备", 3, "行程估算", "分钟", 0, 60),
    _whole("compare_minutes", "比对时两份接报最多相差", 15, "通话记录", "分钟", 1, 120),
    _text("home_site", "行程估算的出发站点", "ninghu-1"),
    SettingDefinition(
        "label_medium",
        "标识贴纸张",
        SettingKind.CHOICE,
        "a4_64x34",
        "标识贴",
        choices=(
            ("a4_64x34", "A4 24 格 64×33.9 mm"),
            ("a4_70x37", "A4 24 格 70×37 mm"),
            ("roll_60x40", "卷筒 60×40 mm"),
        ),
    ),
    SettingDefinition(
        "label_dpi",
        "标识贴打印机精度",
        SettingKind.CHOICE,
        "300",
        "标识贴",
        choices=(("203", "203 点/英寸"), ("300", "300 点/英寸"), ("600", "600 点/英寸")),
    ),
    _text("label_printer", "卷筒标签打印机", "", "标识贴"),
    _whole("label_right", "标识贴向右移", 0, "标识贴", "0.1 毫米", -100, 100),
    _whole("label_down", "标识贴向下移", 0, "标识贴", "0.1 毫米", -100, 100),
    _text("operator", "值班员", ""),
    _text("history_filters", "历史页保存的筛选", "{}"),
    _text("night_calls", "夜间补录草稿", ""),
)

BY_NAME = MappingProxyType({definition.name: definition for definition in DEFINITIONS})


def definition(name: str) -> SettingDefinition:
    """The setting of that name.

    Raises:
        KnownError: There is none.
    """
    found = BY_NAME.get(name)
    if found is None:
        raise KnownError(f"没有名为「{name}」的设置", "请在设置页里选择")
    return found
