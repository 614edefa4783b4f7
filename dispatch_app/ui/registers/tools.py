"""What can be done with a register's list beyond its entries: printing labels, drawing trends, letters.

A register's tools stand as buttons over its list. One more is a line in `TOOLS` and a module beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.paged_model import Wish
from dispatch_app.ui.registers import room_tools
from dispatch_app.ui.registers.inside_strip import InsideStrip
from dispatch_app.ui.registers.strip import Strip


@dataclass(frozen=True, slots=True)
class ToolPlace:
    """What a tool is opened with.

    Attributes:
        page: The page it stands on, for panels that lie over it.
        register: Key of the register in sight. wish: its filter and order.
        chosen: Id of the entry in sight; empty for none. selected: of all that are selected.
        columns: Keys of those in sight, in their order.
    """

    context: UiContext
    page: QWidget
    register: str
    wish: Wish
    chosen: str
    selected: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterTool:
    """`open` is called in the GUI thread each time the button is pressed; `tip` says what it does."""

    title: str
    tip: str
    open: Callable[[ToolPlace], None]


def open_labels(place: ToolPlace) -> None:
    """The 设备标识贴 of what is selected."""
    # The preview brings a PDF engine with it: nobody waits for that who only looks something up.
    from dispatch_app.ui.registers.label_panel import LabelPanel

    panel = place.page.findChild(LabelPanel) or LabelPanel(place.context, place.page)
    panel.open_labels(place.selected, place.wish.filter)


def open_cards(place: ToolPlace) -> None:
    """The 服务卡片."""
    from dispatch_app.ui.registers.card_panel import CardPanel

    panel = place.page.findChild(CardPanel) or CardPanel(place.context, place.page)
    panel.open_cards()


def _tell(place: ToolPlace) -> None:
    from dispatch_app.ui.people.staff_letter_panel import letter_panel

    letter_panel(place.context, place.page).open_for(place.chosen)


def _draft_renewal(place: ToolPlace) -> None:
    from dispatch_app.ui.pages.renewal_panel import renewal_panel

    renewal_panel(place.context, place.page).draft()


def _show_renewal(place: ToolPlace) -> None:
    from dispatch_app.ui.pages.renewal_panel import renewal_panel

    if not place.chosen:
        raise KnownError("没有选申请", "先在列表里选一份")
    renewal_panel(place.context, place.page).show_issued(place.chosen)


def _import(place: ToolPlace) -> None:
    from dispatch_app.ui.registers.register_import import open_import

    open_import(place)


def _export(place: ToolPlace) -> None:
    from dispatch_app.ui.registers.register_export import open_export

    open_export(place)


def _print(place: ToolPlace) -> None:
    from dispatch_app.ui.registers.register_paper import open_paper

    open_paper(place)


def _network_use(place: ToolPlace) -> None:
    from dispatch_app.ui.registers.network_use import open_use

    open_use(place)


COMMON: tuple[RegisterTool, ...] = (
    RegisterTool("导入", "从 CSV 或 .xlsx 表格导入，先看每一行会怎样", _import),
    RegisterTool("导出", "把筛选出的记录存成表格文件，导出会记下", _export),
    RegisterTool("打印", "把筛选出的记录排成清单，先预览再打印", _print),
)
"""Tools every register has."""
TOOLS: Mapping[str, tuple[RegisterTool, ...]] = MappingProxyType(
    {
        "devices": (
            RegisterTool(
                "标识贴", "印选中设备或列表里全部设备的标识贴（附一 三.1）；Shift、Ctrl 可选多台", open_labels
            ),
        ),
        "service_cards": (RegisterTool("印服务卡片", "十张一版或单张 90×54 mm（附一 三.1）", open_cards),),
        "networks": (RegisterTool("占用", "每个网段用了几成，还有哪些空闲地址", _network_use),),
        "staff_changes": (
            RegisterTool("函告", "选中的变动出成函告，几条可以一份；已函告的看那份函告并补打（九.1）", _tell),
        ),
        "renewals": (
            RegisterTool("起草申请", "出一份续签申请书，只在申请期内能出（十.2）", _draft_renewal),
            RegisterTool("看申请书", "看选中的那份申请书，可以补打", _show_renewal),
        ),
        "visits": (
            RegisterTool("出入登记表", "按起止日期和机房打印机房出入登记，编号留底", room_tools.print_visits),
        ),
        "changes_approval": (
            RegisterTool("审批单", "打印选中的变更审批单，编号留底", room_tools.print_change),
        ),
        "documents_out": (
            RegisterTool("出入登记表", "按起止日期打印资料出入登记，编号留底", room_tools.print_documents),
        ),
        "media": (
            RegisterTool("销毁清单", "打印所有待销毁介质的清单，送批和签收用", room_tools.print_destruction),
        ),
        "spare_uses": (
            RegisterTool("使用清单", "按起止日期打印备件使用清单，编号留底", room_tools.print_spares),
        ),
    }
)
"""Register key → tools of its own, before the common ones."""

STRIPS: Mapping[str, Callable[[UiContext], Strip]] = MappingProxyType({"visits": InsideStrip})
"""Register key → what stands over its list."""


def tools_of(register: str) -> tuple[RegisterTool, ...]:
    """The tools of a register, its own first."""
    return TOOLS.get(register, ()) + COMMON
