"""The page of the people on a real desk."""

from __future__ import annotations

from tests.ui.pages.conftest import day, tray

__all__ = ["day", "tray"]
