"""The devices of the chosen site, offered while the device is typed; taking one writes label and model."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.device_rows import DeviceRow
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.offer_book import OfferBook, Offered


def device_words(row: DeviceRow, *, elsewhere: bool) -> str:
    """`AN-0012 交换机 H3C S5560　3 柜 12U`; `elsewhere`: the site is not the one chosen and is named."""
    return "　".join(part for part in (row.words, row.site_name if elsewhere else "", row.place) if part)


def device_book(
    context: UiContext, editor: QLineEdit, site_id: Callable[[], str], parent: QWidget
) -> OfferBook:
    """Offers `DeviceRow`s. `site_id`: the site chosen in the form; empty for none, which offers the devices
    of every site."""

    def find(wanted: str) -> Callable[[Queries], Offered]:
        site = site_id()
        return lambda queries: [
            (device_words(row, elsewhere=not site), row) for row in queries.devices_at(site, wanted)
        ]

    editor.setToolTip("↓ 选这个站点的设备（设备台账），回车取用；也可以扫标识号")
    return OfferBook(context, "设备台账中的设备", (editor,), find, parent)
