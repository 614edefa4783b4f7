"""Shows a PDF page by page: the very bytes that are saved and printed, as PDFium sees them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from dispatch_app.reports.rasters import Raster, page_count, render_page
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.theme.theme import Theme
from dispatch_app.ui.widgets.buttons import IconButton
from dispatch_app.ui.widgets.cards import EmptyState
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

_POINTS_PER_INCH = 72.0
_A4 = (595.28, 841.89)
"""Size in points taken for the first page until its pixels say better."""
_SMALLEST, _LARGEST = 0.3, 4.0
_STEP = 1.25
_MARGIN = 12
FIT_WIDTH = 0.0
FIT_PAGE = -1.0


@dataclass(frozen=True, slots=True)
class _Page:
    """One page as it came back from the reader."""

    wanted: int
    index: int
    count: int
    dots_per_inch: float
    raster: Raster


class PreviewPane(QWidget):
    """Pages are made away from the GUI thread; the last one stays in sight until the next is there.

    Signals:
        page_shown: Number of the page now in sight, from 1.
    """

    page_shown = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pdf = b""
        self._index = 0
        self._count = 0
        self._zoom = FIT_WIDTH
        self._wanted = 0
        self._asking = False
        self._paper = _A4
        self._sheet = _Sheet(context.themes.current)
        self._scroll = _PageScroll(self._sheet)
        self._empty = EmptyState("没有可预览的单据")
        self._lay_out()
        self._scroll.page_asked.connect(self.turn)
        self._scroll.zoom_asked.connect(self._zoom_by)
        self._scroll.resized.connect(self._fit_again)
        context.themes.changed.connect(self._sheet.recolour)
        self.setFocusProxy(self._scroll)
        self.show_nothing("没有可预览的单据")

    # ── what is shown ──

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes, from the page that was in sight if they are a new state of the same paper."""
        if pdf == self._pdf and self._count:
            return
        self._pdf = pdf
        self._stack.setCurrentIndex(0)
        self._ask()

    def show_nothing(self, title: str, hint: str = "") -> None:
        """Say why there is nothing to see."""
        self._pdf = b""
        self._index = self._count = 0
        self._wanted += 1
        self._empty.title.setText(title)
        self._empty.hint.setText(hint)
        self._empty.hint.setVisible(bool(hint))
        self._stack.setCurrentIndex(1)
        self._say_page()

    @property
    def pdf(self) -> bytes:
        """The bytes shown, empty for none."""
        return self._pdf

    @property
    def page(self) -> int:
        """Number of the page in sight, from 1; 0 for none."""
        return self._index + 1 if self._count else 0

    @property
    def page_count(self) -> int:
        return self._count

    @property
    def image(self) -> QImage:
        """The page in sight as it was painted, for tests and pictures."""
        return self._sheet.image

    def first_page(self) -> None:
        self._go(0)

    @Slot(object)
    def turn(self, pages: int) -> None:
        """Go `pages` on, or back when negative; stops at the ends."""
        self._go(self._index + pages)

    def set_zoom(self, zoom: float) -> None:
        """Logical pixels a point, or `FIT_WIDTH`, `FIT_PAGE`."""
        self._zoom = zoom if zoom in (FIT_WIDTH, FIT_PAGE) else min(max(zoom, _SMALLEST), _LARGEST)
        self._ask()

    @property
    def scale(self) -> float:
        """Logical pixels a point in which the page is shown."""
        if self._zoom > 0:
            return self._zoom
        room = self._scroll.viewport().size()
        across = (room.width() - 2 * _MARGIN) / self._paper[0]
        down = (room.height() - 2 * _MARGIN) / self._paper[1]
        return max(_SMALLEST, across if self._zoom == FIT_WIDTH else min(across, down))

    # ── building ──

    def _lay_out(self) -> None:
        themes = self._context.themes
        self._back = IconButton(themes, "chevron-left", "上一页（PgUp）", self)
        self._next = IconButton(themes, "chevron-right", "下一页（PgDn）", self)
        self._place = Text("", Size.QUIET, Tone.QUIET)
        self._smaller = IconButton(themes, "minus", "缩小（Ctrl+−）", self)
        self._larger = IconButton(themes, "plus", "放大（Ctrl+＋）", self)
        self._percent = Text("", Size.QUIET, Tone.QUIET)
        self._fit = IconButton(themes, "fit", "整页或适合宽度（Ctrl+0）", self)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        for widget in (self._back, self._place, self._next):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self._smaller, self._percent, self._larger, self._fit):
            bar.addWidget(widget)
        self._back.clicked.connect(self._page_back)
        self._next.clicked.connect(self._page_on)
        self._smaller.clicked.connect(self._zoom_out)
        self._larger.clicked.connect(self._zoom_in)
        self._fit.clicked.connect(self._change_fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        self._stack = QStackedLayout()
        # Before it has pages: one shows its first at once, and without a parent that is a window.
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        self.setMinimumSize(240, 200)

    # ── asking for pages ──

    def _go(self, index: int) -> None:
        index = min(max(index, 0), max(self._count - 1, 0))
        if index != self._index:
            self._index = index
            self._ask()

    def _ask(self) -> None:
        """Ask for the page as it should look now; while one is being made, only remember to ask again."""
        self._wanted += 1
        if not self._pdf or self._asking or self._context.executor.closed:
            return
        self._asking = True
        wanted, pdf, index = self._wanted, self._pdf, self._index
        dots = _POINTS_PER_INCH * self.scale * self.devicePixelRatioF()

        def make(_queries: object) -> _Page:
            count = page_count(pdf)
            place = min(index, count - 1)
            return _Page(wanted, place, count, dots, render_page(pdf, place, dots))

        self._context.executor.ask(make, self._made, self)

    def _made(self, page: _Page) -> None:
        self._asking = False
        if page.wanted != self._wanted:
            self._ask()
            return
        turned = (page.index, page.count) != (self._index, self._count) or self._sheet.image.isNull()
        self._index, self._count = page.index, page.count
        inches = page.dots_per_inch / _POINTS_PER_INCH
        self._paper = (page.raster.width / inches, page.raster.height / inches)
        self._sheet.show_image(page.raster, self.devicePixelRatioF())
        if turned:
            self._scroll.verticalScrollBar().setValue(0)
        self._say_page()
        self.page_shown.emit(self.page)
        # The first page was asked for at the size of an A4 sheet; a label is another size.
        wanted = _POINTS_PER_INCH * self.scale * self.devicePixelRatioF()
        if abs(wanted - page.dots_per_inch) > 0.02 * wanted:
            self._ask()

    def _say_page(self) -> None:
        there = bool(self._count)
        self._place.setText(f"{self.page} / {self._count}" if there else "")
        self._percent.setText(f"{round(self.scale * 75)}%" if there else "")
        self._back.setEnabled(self._index > 0)
        self._next.setEnabled(self._index + 1 < self._count)
        for widget in (self._smaller, self._larger, self._fit):
            widget.setEnabled(there)
        self._scroll.setAccessibleName("单据预览")
        self._scroll.setAccessibleDescription(
            f"第 {self.page} 页，共 {self._count} 页" if there else "没有可预览的单据"
        )

    # ── what the person does ──

    @Slot()
    def _page_back(self) -> None:
        self.turn(-1)

    @Slot()
    def _page_on(self) -> None:
        self.turn(1)

    @Slot()
    def _zoom_in(self) -> None:
        self.set_zoom(self.scale * _STEP)

    @Slot()
    def _zoom_out(self) -> None:
        self.set_zoom(self.scale / _STEP)

    @Slot(object)
    def _zoom_by(self, steps: int) -> None:
        self.set_zoom(self.scale * _STEP**steps if steps else FIT_WIDTH)

    @Slot()
    def _change_fit(self) -> None:
        self.set_zoom(FIT_PAGE if self._zoom == FIT_WIDTH else FIT_WIDTH)

    @Slot()
    def _fit_again(self) -> None:
        if self._zoom <= 0:
            self._ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()


class _Sheet(QWidget):
    """The paper, white whatever the theme, with a line around it, lying on the ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.image = QImage()
        self._theme = theme

    def show_image(self, raster: Raster, ratio: float) -> None:
        row = raster.width * 4
        image = QImage(raster.bgrx, raster.width, raster.height, row, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        self.image = image
        size = QSize(round(raster.width / ratio), round(raster.height / ratio))
        self.setMinimumSize(size + QSize(2 * _MARGIN, 2 * _MARGIN))
        self.update()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.ground)
        if self.image.isNull():
            return
        size = self.image.deviceIndependentSize().toSize()
        left = max(_MARGIN, (self.width() - size.width()) // 2)
        painter.drawImage(left, _MARGIN, self.image)
        painter.setPen(self._theme.line)
        painter.drawRect(QRect(left - 1, _MARGIN - 1, size.width() + 1, size.height() + 1))


class _PageScroll(QScrollArea):
    """Scrolls one page; at its ends PgUp, PgDn and the wheel turn to the next.

    Signals:
        page_asked: +1 or −1. zoom_asked: steps, 0 for the usual size. resized: there is another room.
    """

    page_asked = Signal(object)
    zoom_asked = Signal(object)
    resized = Signal()

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self.setWidget(sheet)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The ground goes on wherever there is more room than paper.
        self.setWidgetResizable(True)
        # A bar that comes and goes would change the width the page is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
            if Qt.Key(key) in steps:
                self.zoom_asked.emit(steps[Qt.Key(key)])
                return
        elif key == Qt.Key.Key_PageDown and self._at_end(1):
            self.page_asked.emit(1)
            return
        elif key == Qt.Key.Key_PageUp and self._at_end(-1):
            self.page_asked.emit(-1)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if notches:
                self.zoom_asked.emit(1 if notches > 0 else -1)
            event.accept()
            return
        way = -1 if notches > 0 else 1
        if notches and self._at_end(way):
            self.page_asked.emit(way)
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _at_end(self, way: int) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() if way > 0 else bar.value() <= bar.minimum()
