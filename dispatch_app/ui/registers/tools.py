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


COMMON: tuple[RegisterTool, ...] = ()
"""Tools every register has."""
TOOLS: Mapping[str, tuple[RegisterTool, ...]] = MappingProxyType({})
"""Register key → tools of its own, before the common ones."""


def tools_of(register: str) -> tuple[RegisterTool, ...]:
    """The tools of a register, its own first."""
    return TOOLS.get(register, ()) + COMMON
