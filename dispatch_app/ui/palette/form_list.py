"""The forms there are, as 查找与命令 names them. Whoever prints another form adds its line here."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.palette.entries import Place, Where

K = DocumentKind


@dataclass(frozen=True, slots=True)
class FormEntry:
    """`place`: where the form is made. `kinds`: what is kept of it, nothing for what is only filled in.
    `detail`: how one comes to it from there."""

    title: str
    place: Place
    kinds: tuple[DocumentKind, ...]
    detail: str


def _page(key: str) -> Place:
    return Place(Where.PAGE, key)


def _tool(register: str, title: str) -> Place:
    return Place(Where.TOOL, register, title)


FORMS = (
    FormEntry("派工单", _page("desk"), (K.WORK_ORDER,), "选中故障后按 L，或输入「派工单 7」"),
    FormEntry("专报", _page("special_reports"), (K.SPECIAL_REPORT,), "起草、上报、批示"),
    FormEntry("违约结算表", _page("tallies"), (K.TALLY,), "按期核算、定稿、打印"),
    FormEntry("故障清单", _page("history"), (K.FAULT_LIST,), "筛选后打印"),
    FormEntry("交接班记录", _page("handover"), (K.HANDOVER,), "交班、打印"),
    FormEntry("在办故障清单", _page("handover"), (K.OPEN_FAULTS,), "停电时凭它接着办"),
    FormEntry("空白接报单", _page("handover"), (K.BLANK_INTAKE,), "停电时手写来电"),
    FormEntry("夜间补录", Place(Where.NIGHT), (), "夜间手机接的来电，一次录完"),
    FormEntry("硬件工作状态通报", Place(Where.BULLETIN), (K.BULLETIN,), "统计页选定的期间（附一 二.1）"),
    FormEntry("人员变更函告", _tool("staff_changes", "函告"), (K.STAFF_LETTER,), "选中的变动（九.1）"),
    FormEntry("续签申请书", _tool("renewals", "起草申请"), (K.RENEWAL,), "申请期内起草（十.2）"),
    FormEntry(
        "设备标识贴", _tool("devices", "标识贴"), (K.DEVICE_LABELS, K.LABEL_CALIBRATION), "全部设备，可先校准"
    ),
    FormEntry("服务卡片", _tool("service_cards", "印服务卡片"), (K.SERVICE_CARDS,), "十张一版或单张"),
    FormEntry("巡检表", Place(Where.ROUND_PAPERS), (K.ROUNDS, K.ROUND_BLANK), "空白的和按月填好的"),
    FormEntry("备份记录", Place(Where.ROUND_PAPERS), (K.BACKUPS,), "按月"),
    FormEntry("机房出入登记表", _tool("visits", "出入登记表"), (K.VISIT_BOOK,), "按起止日期和机房"),
    FormEntry("资料出入登记表", _tool("documents_out", "出入登记表"), (K.DOCUMENT_BOOK,), "按起止日期"),
    FormEntry("变更审批单", _tool("changes_approval", "审批单"), (K.CHANGE_FORM,), "选中的变更"),
    FormEntry("介质销毁清单", _tool("media", "销毁清单"), (K.DESTRUCTION_LIST,), "所有待销毁的"),
    FormEntry("备件使用清单", _tool("spare_uses", "使用清单"), (K.SPARE_BOOK,), "按起止日期"),
    FormEntry("打印 IP 地址分配表", _tool("addresses", "打印"), (K.REGISTER_LIST,), "内部资料，逐份编号"),
)
