"""Whether there is a screen; asked before anything heavy is imported."""

from __future__ import annotations

import os
import sys

SCREENLESS = ("offscreen", "minimal")
"""Platforms of Qt that nobody can look at."""


def has_display() -> bool:
    """Whether a person could see a window: always, but on a Linux without X11 and Wayland, or where the
    platform chosen for Qt draws on no screen."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform:
        return platform not in SCREENLESS
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
