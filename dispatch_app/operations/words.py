"""The field's own words for every code, in one place: messages, time lines, papers and screens use these."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dispatch_app.contract.facts import (
    CancelKind,
    FactKind,
    Procedure,
    Source,
    ThirdPartyCause,
    Zone,
)
from dispatch_app.contract.moves import WORDS, Stage
from dispatch_app.contract.penalties import NOBODY_SENT, THIRD_PARTY, UNREACHABLE
from dispatch_app.contract.tally import Party
from dispatch_app.operations.rows import StaffState

FACT_WORDS: Mapping[FactKind, str] = WORDS

STATE_WORDS: Mapping[StaffState, str] = MappingProxyType(
    {
        StaffState.STANDBY: "待命",
        StaffState.ASSIGNED: "已派",
        StaffState.EN_ROUTE: "在途",
        StaffState.ON_SCENE: "在场",
        StaffState.RESTING: "休息",
        StaffState.ON_LEAVE: "请假",
        StaffState.LEFT: "离职",
    }
)

PARTY_WORDS: Mapping[Party, str] = MappingProxyType({Party.CLIENT: "甲方", Party.CONTRACTOR: "乙方"})

ZONE_WORDS: Mapping[Zone, str] = MappingProxyType({Zone.URBAN: "市区内", Zone.OUTLYING: "市区外"})

SOURCE_WORDS: Mapping[Source, str] = MappingProxyType(
    {
        Source.CLIENT: "甲方",
        Source.UNIT: "用户单位",
        Source.PATROL: "巡检",
        Source.MONITORING: "监控",
    }
)

PROCEDURE_WORDS: Mapping[Procedure, str] = MappingProxyType(
    {
        Procedure.ROUTINE: "常规",
        Procedure.REPAIR: "维修程序",
        Procedure.SPECIAL_REPORT: "专报程序",
        Procedure.WARRANTY: "厂家免费维保",
    }
)

CANCEL_WORDS: Mapping[CancelKind, str] = MappingProxyType(
    {
        CancelKind.DUPLICATE: "重复",
        CancelKind.OUT_OF_SCOPE: "非服务对象",
        CancelKind.FALSE_ALARM: "误报",
    }
)

CAUSE_WORDS: Mapping[ThirdPartyCause, str] = MappingProxyType(
    {
        ThirdPartyCause.LATE: "逾期",
        ThirdPartyCause.UNABLE: "无力处理",
        ThirdPartyCause.OTHER: "其他",
    }
)

FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "site": "站点",
        "site_name": "站点名称",
        "zone": "区域",
        "emergency": "紧急",
        "source": "来源",
        "symptom": "现象",
        "caller": "报障人",
        "unit": "报障单位",
        "callback": "回拨电话",
        "line": "来电线路",
        "room": "机房位置",
        "device": "设备",
        "hardware": "硬件故障",
        "cause": "故障原因",
        "engineer": "工程师",
    }
)

STAGE_WORDS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.REPORTED: "待派",
        Stage.ASSIGNED: "已派",
        Stage.ACKNOWLEDGED: "已响应",
        Stage.DEPARTED: "在途",
        Stage.ARRIVED: "到场",
        Stage.CONFIRMED: "已确认",
        Stage.IN_REPAIR: "维修中",
        Stage.SPECIAL_REPORT_PENDING: "待专报",
        Stage.AWAITING_INSTRUCTION: "待批示",
        Stage.RESOLVED: "已解决",
        Stage.CLOSED: "已归档",
        Stage.CANCELLED: "已销单",
    }
)

CLAUSE_WORDS: Mapping[str, str] = MappingProxyType(
    {UNREACHABLE: "联系不上", NOBODY_SENT: "逾期未派人", THIRD_PARTY: "第三方费用"}
)
"""Clauses that put a sum on a fault, as their codes stand in facts."""

PRINTED_CLAUSES: Mapping[str, str] = MappingProxyType(
    {UNREACHABLE: "九.1", NOBODY_SENT: "九.2", "9.3": "九.3", "9.4": "九.4", THIRD_PARTY: "四.6"}
)
"""The same as the contract numbers them."""

FAULT_CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "device": "设备损坏",
        "line": "线路中断",
        "power": "供电",
        "settings": "配置",
        "software": "软件",
        "terminal": "终端与办公电脑",
        "outside": "外力与施工",
        "upstream": "上级或运营商网络",
        "handling": "使用操作",
        "none": "未见异常",
        "other": "其他",
    }
)
"""What can be found to be the cause of a fault → as it is shown, in the order offered."""
