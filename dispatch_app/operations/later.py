"""Modules that are imported when something of them is first used.

The door for questions and the door for commands know every family of the program; the first screen needs a
few. To the type checker and to `lint-imports` these are imports like any other: they stand under
`TYPE_CHECKING`, and `Later` takes their place while the program runs.
"""

from __future__ import annotations

from importlib import import_module


class Later:
    """Stands for a module under `dispatch_app.operations`; safe for any thread, as every import is."""

    def __init__(self, name: str) -> None:
        self._name = f"dispatch_app.operations.{name}"

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)
