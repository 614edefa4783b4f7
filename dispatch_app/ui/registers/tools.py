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


@dataclass(frozen=True, slots=True)
class ToolPlace:
    """What a tool is opened with.

    Attributes:
        page: The page it stands on, for panels that lie over it.
        register: Key of the register in sight. wish: its filter and order.
        chosen: Id of the selected entry; empty for none.
        keys: The columns in sight, in their order.
    """

    context: UiContext
    page: QWidget
    register: str
    wish: Wish
    chosen: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterTool:
    """`open` is called in the GUI thread each time the button is pressed; `tip` says what it does."""

    title: str
    tip: str
    open: Callable[[ToolPlace], None]


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


COMMON: tuple[RegisterTool, ...] = ()
"""Tools every register has."""
TOOLS: Mapping[str, tuple[RegisterTool, ...]] = MappingProxyType(
    {
        "staff_changes": (
            RegisterTool("函告", "选中的变动出成函告，几条可以一份；已函告的看那份函告并补打（九.1）", _tell),
        ),
        "renewals": (
            RegisterTool("起草申请", "出一份续签申请书，只在申请期内能出（十.2）", _draft_renewal),
            RegisterTool("看申请书", "看选中的那份申请书，可以补打", _show_renewal),
        ),
    }
)
"""Register key → tools of its own, before the common ones."""


def tools_of(register: str) -> tuple[RegisterTool, ...]:
    """The tools of a register, its own first."""
    return TOOLS.get(register, ()) + COMMON
