"""A theme is data: colours by role, read from `resources/themes`; widgets ask for roles only."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.toml_text import TomlError, parse_toml
from dispatch_app.ui.theme.icons import Icons


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role. `soon_*`, `in_time_*` and `breached_*` are spent on clocks alone."""

    name: str
    dark: bool
    ground: QColor
    surface: QColor
    raised: QColor
    line: QColor
    text: QColor
    quiet: QColor
    faint: QColor
    in_time_text: QColor
    in_time_bar: QColor
    in_time_tint: QColor
    soon_text: QColor
    soon_bar: QColor
    soon_tint: QColor
    breached_text: QColor
    breached_bar: QColor
    breached_tint: QColor
    accent: QColor
    on_accent: QColor
    selected: QColor
    track: QColor
    toast: QColor
    on_toast: QColor

    def role(self, name: str) -> QColor:
        """The colour of a role by its name."""
        colour = getattr(self, name)
        assert isinstance(colour, QColor), name
        return colour


def load_theme(path: Path) -> Theme:
    """Read a theme file.

    Raises:
        KnownError: The file cannot be read, or is no TOML.
        KeyError: A role is missing; themes are shipped, so this is a bug of ours.
    """
    try:
        data = parse_toml(path.read_bytes())
    except TomlError as error:
        raise KnownError(f"外观文件 {path.name} {error.problem}", "按所示行列改正，或重新安装程序") from error
    except OSError as error:
        raise KnownError(
            f"外观文件 {path.name} 读不出（{error.strerror}）", "检查权限，或重新安装程序"
        ) from error
    roles = [f.name for f in fields(Theme) if f.name not in ("name", "dark")]
    return Theme(data["name"], data["dark"], **{role: QColor(data["roles"][role]) for role in roles})


class Themes(QObject):
    """The themes there are and the one in force. `changed` carries the new `Theme`."""

    changed = Signal(object)

    def __init__(self, folder: Path, chosen: str = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = {path.stem: load_theme(path) for path in sorted(folder.glob("*.toml"))}
        self._chosen = chosen if chosen in self._themes else "light"
        self._icons = Icons(folder.parent / "icons")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._themes)

    def title(self, name: str) -> str:
        """What a theme is called in the settings."""
        return self._themes[name].name

    @property
    def chosen(self) -> str:
        return self._chosen

    @property
    def current(self) -> Theme:
        return self._themes[self._chosen]

    def choose(self, name: str) -> None:
        """Put a theme in force and tell everyone."""
        if name != self._chosen:
            self._chosen = name
            self.changed.emit(self.current)

    def icon(self, name: str, role: str = "quiet", checked: str = "", size: int = 24) -> QIcon:
        """An icon in the colour of a role of the theme in force; ask again when the theme changes."""
        theme = self.current
        return self._icons.icon(name, theme.role(role), theme.role(checked) if checked else None, size)

    def pixmap(self, name: str, role: str = "quiet", size: int = 24, ratio: float = 1.0) -> QPixmap:
        """The same for labels and painters."""
        return self._icons.pixmap(name, self.current.role(role), size, ratio)
