"""What can be done with a register's list beyond its entries: printing labels, drawing trends, letters.

A register's tools stand as buttons over its list. One more is a line in `TOOLS` and a module beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.paged_model import Wish


@dataclass(frozen=True, slots=True)
class ToolPlace:
    """What a tool is opened with.

    Attributes:
        page: The page it stands on, for panels that lie over it.
        register: Key of the register in sight. wish: its filter and order.
        chosen: Id of the entry in sight; empty for none. selected: of all that are selected.
        columns: The columns in sight, in their order.
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


COMMON: tuple[RegisterTool, ...] = ()
"""Tools every register has."""
TOOLS: Mapping[str, tuple[RegisterTool, ...]] = MappingProxyType(
    {
        "devices": (
            RegisterTool(
                "标识贴", "印选中设备或列表里全部设备的标识贴（附一 三.1）；Shift、Ctrl 可选多台", open_labels
            ),
        ),
        "service_cards": (RegisterTool("印服务卡片", "十张一版或单张 90×54 mm（附一 三.1）", open_cards),),
    }
)
"""Register key → tools of its own, before the common ones."""


def tools_of(register: str) -> tuple[RegisterTool, ...]:
    """The tools of a register, its own first."""
    return TOOLS.get(register, ()) + COMMON
