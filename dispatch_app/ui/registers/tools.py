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
        columns: Keys of those in sight, in their order.
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
    {"networks": (RegisterTool("占用", "每个网段用了几成，还有哪些空闲地址", _network_use),)}
)
"""Register key → tools of its own, before the common ones."""


def tools_of(register: str) -> tuple[RegisterTool, ...]:
    """The tools of a register, its own first."""
    return TOOLS.get(register, ()) + COMMON
