"""The garbage collector at an open desk: told once what stays for good, and not asked at every click."""

from __future__ import annotations

import gc

OBJECTS = 20_000
"""Made before the young ones are looked through. A click makes some thousands of rows that outlive it, and
Python's own 700 spent a sixth of its time on looking through them a dozen times."""


def let_rest() -> None:
    """What was made so far stays: it need not be looked through any more. Turns the collector on."""
    gc.freeze()
    gc.set_threshold(OBJECTS, 10, 10)
    gc.enable()
