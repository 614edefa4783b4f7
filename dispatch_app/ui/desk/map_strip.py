"""The line under the map: places nobody has put on it yet, and faults that have no place."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_app.operations.rows import SiteKind
from dispatch_app.ui.desk.map_contents import EngineerMark, SiteMark
from dispatch_app.ui.desk.paint_kit import text_role
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

_TO_BE_PLACED = (SiteKind.STREET, SiteKind.ROOM, SiteKind.OFFICE)
"""Kinds whose place is known to somebody and only wants putting in; outdoor plant is confidential."""


class PlaceStrip(Text):
    """Names as links: a click selects the site, or while sites are being moved picks it up.

    Signals:
        picked: Site id.
    """

    picked = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__("", Size.SMALL, Tone.QUIET, parent, wrap=True)
        self._themes = themes
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setContentsMargins(10, 2, 10, 6)
        self.setAccessibleName("未标位置的站点")
        self.linkActivated.connect(self._activated)

    def show_unplaced(
        self, marks: Iterable[SiteMark], engineers: Iterable[EngineerMark], unlocked: bool, placing: str
    ) -> None:
        """`placing`: id of the site that the next click on the map places, or an empty string."""
        unplaced = [mark for mark in marks if not mark.placed]
        held = next((mark for mark in unplaced if mark.site.id == placing), None)
        if held is not None:
            text = f"在图上点一下，放置 {html.escape(held.short)}（Esc 取消）"
        else:
            text = self._lists(unplaced, list(engineers), unlocked)
        # Rich text is read and laid out anew even where it is the same.
        if text != self.text():
            self.setText(text)
            self.setVisible(bool(text))

    def _lists(self, unplaced: list[SiteMark], engineers: list[EngineerMark], unlocked: bool) -> str:
        faulty = [mark for mark in unplaced if mark.faults]
        # A logical service has no place at all.
        placeable = [kind for kind in SiteKind if kind is not SiteKind.SERVICE] if unlocked else _TO_BE_PLACED
        waiting = [mark for mark in unplaced if not mark.faults and mark.site.kind in placeable]
        faulty.sort(key=lambda mark: -mark.urgency)
        groups = []
        if faulty:
            groups.append("未标位置: " + "&ensp; ".join(self._link(mark, engineers) for mark in faulty))
        if waiting:
            groups.append("待定: " + "&ensp; ".join(self._link(mark, engineers) for mark in waiting))
        if unlocked:
            groups.append("拖动站点移动，或点这里的名字再点图上")
        return " &nbsp;·&nbsp; ".join(groups)

    def _link(self, mark: SiteMark, engineers: list[EngineerMark]) -> str:
        role = text_role(mark.urgency) if mark.faults else "quiet"
        colour = self._themes.current.role(role).name()
        there = "".join(f" {one.initial}" for one in engineers if one.site_id == mark.site.id)
        # Without the figure: laying rich text out anew each second costs more than all the rest of a tick.
        words = html.escape(f"{mark.glyph} {mark.short}{there}".lstrip()).replace(" ", "&nbsp;")
        return (
            f'<a href="{html.escape(mark.site.id)}" style="color:{colour};text-decoration:none">{words}</a>'
        )

    @Slot(str)
    def _activated(self, site_id: str) -> None:
        self.picked.emit(site_id)
