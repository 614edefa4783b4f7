"""Moving the stock of a spare: what is taken lowers it, what comes in raises it, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.register import Check, Written
from dispatch_app.operations.registers.standing import values_by_id


def moved(before: Values, after: Values, sign: int) -> Mapping[str, int]:
    """Spare → by how much its stock changes; `sign` is +1 for what comes in, -1 for what is taken."""
    found: dict[str, int] = {}
    for values, way in ((before, -sign), (after, sign)):
        if values:
            spare = str(values["spare"])
            found[spare] = found.get(spare, 0) + way * int(values["quantity"])
    return {spare: by for spare, by in found.items() if by}


def enough_left(sign: int, refusal: Callable[[str, int], tuple[str, str]]) -> Callable[[Check], None]:
    """A rule: no stock falls below nothing.

    Args:
        refusal: (message, remedy) for the name of the spare and what is left of it.
    """

    def check(made: Check) -> None:
        for spare, by in moved(made.before, made.after, sign).items():
            values = values_by_id(made.session, spare)
            left = int(values["stock"])
            if left + by < 0:
                raise KnownError(*refusal(str(values["name"]), left), "quantity")

    return check


def moving(sign: int, word: str) -> Callable[[Job, Written], Changes]:
    """What follows from an entry, its correction, its withdrawal and its return: the stock moves."""

    def follow(job: Job, written: Written) -> Changes:
        # `entries` knows every register by its catalogue, which this module is part of.
        from dispatch_app.operations.registers.entries import change

        changes = Changes()
        for spare, by in moved(written.before, written.after, sign).items():
            values = values_by_id(job.session, spare)
            left = int(values["stock"]) + by
            change(job, spare, {"stock": left}, written.action, f"{written.number} {word} {by:+d}")
            said = f"{values['name']} 现有 {left}"
            low = int(values["minimum"])
            if left < low:
                said += f"，低于最低库存 {low}"
            changes = Changes(registers=frozenset({"spares"}), message=said)
        return changes

    return follow
