"""Moving the stock of a spare: what is taken lowers it, what comes in raises it, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.register import RESTORE, WITHDRAW, Written
from dispatch_app.operations.registers.standing import values_by_id

MOVED = "moved"
"""What a change of stock is called among the steps of a spare."""


def moved(before: Values, after: Values, sign: int) -> Mapping[str, int]:
    """Spare → by how much its stock changes; `sign` is +1 for what comes in, -1 for what is taken."""
    found: dict[str, int] = {}
    for values, way in ((before, -sign), (after, sign)):
        if values:
            spare = str(values["spare"])
            found[spare] = found.get(spare, 0) + way * int(values["quantity"])
    return {spare: by for spare, by in found.items() if by}


def moving(
    sign: int, word: str, refusal: Callable[[str, int], tuple[str, str]]
) -> Callable[[Job, Written], Changes]:
    """What follows from an entry, its correction, its withdrawal and its return: the stock moves.

    Args:
        sign: +1 for what comes in, -1 for what is taken.
        word: Why, in the history of the spare.
        refusal: (message, remedy) for the name of a spare and what is left of it, when it is not enough.
    """

    def follow(job: Job, written: Written) -> Changes:
        # `entries` knows every register by its catalogue, which this module is part of.
        from dispatch_app.operations.registers.entries import change

        # What is withdrawn has moved nothing in the end, and what is restored has moved nothing so far.
        before = {} if written.action == RESTORE else written.before
        after = {} if written.action == WITHDRAW else written.after
        said = []
        for spare, by in moved(before, after, sign).items():
            values = values_by_id(job.session, spare)
            name, stock = str(values["name"]), int(values["stock"])
            if stock + by < 0:
                raise KnownError(*refusal(name, stock), "quantity")
            change(job, spare, {"stock": stock + by}, MOVED, f"{written.number} {word} {by:+d}")
            low = int(values["minimum"])
            short = f"，低于最低库存 {low}" if stock + by < low else ""
            said.append(f"{name} 现有 {stock + by}{short}")
        touched = frozenset({"spares"}) if said else frozenset()
        return Changes(registers=touched, message="，".join(said))

    return follow
