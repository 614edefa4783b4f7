"""Words that registers share with the lists of them; `registers.register` itself is long to import."""

from __future__ import annotations

from enum import StrEnum

NUMBER = "number"
"""Key of the column every register begins with: the entry's own number."""
PAGE = 200
"""Entries read at once."""


class Tone(StrEnum):
    """How urgent a cell is: colour is spent on what is due and on nothing else."""

    QUIET = "quiet"
    SOON = "soon"
    BREACHED = "breached"
