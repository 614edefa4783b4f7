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
from dispatch_app.operations.rows import StaffState

FACT_WORDS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.REPORTED: "接报",
        FactKind.ASSIGNED: "派单",
        FactKind.ACKNOWLEDGED: "响应",
        FactKind.DEPARTED: "出发",
        FactKind.ARRIVED: "到场",
        FactKind.CONFIRMED: "现场确认",
        FactKind.REPAIR_STARTED: "开修",
        FactKind.SPECIAL_REPORT_SUBMITTED: "专报上报",
        FactKind.INSTRUCTION_RECEIVED: "批示",
        FactKind.RESOLVED: "解决",
        FactKind.CLOSED: "归档",
        FactKind.CANCELLED: "销单",
        FactKind.REOPENED: "重开",
        FactKind.UNREACHABLE: "联系不上",
        FactKind.THIRD_PARTY: "甲方委托第三方",
        FactKind.GROUPED: "并入多节并发",
        FactKind.CORRECTED: "更正时间",
        FactKind.AMENDED: "更正内容",
        FactKind.DISPUTED: "申辩",
        FactKind.WAIVED: "豁免",
    }
)

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
        "engineer": "工程师",
    }
)
