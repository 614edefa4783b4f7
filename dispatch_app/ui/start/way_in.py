"""The port through which the start screens reach the data folder; bootstrap puts the storage behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Need(StrEnum):
    """What has to be asked before the desk can open."""

    NOTHING = "nothing"
    FIRST_START = "first_start"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    HOPELESS = "hopeless"
    """The key is gone and no recovery code would help."""


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand in the data folder.

    Attributes:
        why: One Chinese line on how it came to this, empty where there is nothing to explain.
        new_passphrase: There is no key ring, so a passphrase has to be set.
    """

    need: Need
    folder: Path
    why: str = ""
    new_passphrase: bool = False


class WayIn(Protocol):
    """Every method may take seconds and is called away from the GUI thread; each may raise KnownError."""

    def look(self) -> Situation: ...

    def first_start(self, passphrase: str) -> str:
        """Make the database; answers with the recovery code, to be shown once."""
        ...

    def with_passphrase(self, passphrase: str) -> None: ...

    def with_recovery_code(self, code: str, new_passphrase: str) -> None: ...

    def import_roster(self, path: Path) -> str:
        """Take the personal numbers in; answers with one Chinese line on what came in."""
        ...
