"""Which Debian packages are missing: asked of the loader, so that it holds whoever installed them."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
from dataclasses import dataclass

# What the shared objects inside the PySide6 wheel link to and the wheel does not bring.
REQUIRED_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Only a window on X11 and a printer need these; tests and the offscreen drill do not.
DISPLAY_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# `lp` carries papers to the printer.
PROGRAMS = {"lp": "cups-client"}


@dataclass(frozen=True)
class Missing:
    """Debian package names. `required`: nothing works without; `display`: no window, no printer without."""

    required: tuple[str, ...]
    display: tuple[str, ...]

    @property
    def everything(self) -> tuple[str, ...]:
        return self.required + self.display


def missing_packages() -> Missing:
    """Tries to load every library; Debian ships `ensurepip` apart from Python, so that counts too."""
    venv = () if importlib.util.find_spec("ensurepip") else ("python3-venv",)
    required = tuple(package for name, package in REQUIRED_LIBRARIES.items() if not _loads(name))
    display = tuple(package for name, package in DISPLAY_LIBRARIES.items() if not _loads(name))
    programs = tuple(package for name, package in PROGRAMS.items() if shutil.which(name) is None)
    return Missing(venv + required, display + programs)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
