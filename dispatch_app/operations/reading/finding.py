"""Faults that have left the desk, found by what somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from dispatch_app.models import Fault
from dispatch_app.operations.reading.faults import fault_rows
from dispatch_app.operations.reading.ledger import CostlyFault
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import FaultRow

MOST = 20
DIGITS = 4
"""A number's last part has at least so many: `7` means A-0007 and not A-0017."""


def ended(view: View, text: str, costly: Sequence[CostlyFault]) -> tuple[FaultRow, ...]:
    """At most twenty faults whose number or site holds `text`, the latest first. Nothing typed finds
    nothing; digits alone are a number."""
    wanted = text.strip()
    if not wanted:
        return ()
    if wanted.isascii() and wanted.isdecimal():
        meant = Fault.number.endswith(f"-{wanted.lstrip('0').zfill(DIGITS)}", autoescape=True)
    else:
        meant = or_(
            Fault.number.icontains(wanted, autoescape=True),
            Fault.site_name.icontains(wanted, autoescape=True),
        )
    chosen = select(Fault).where(~Fault.open, meant).order_by(Fault.reported_at.desc()).limit(MOST)
    return fault_rows(view, view.session.scalars(chosen).all(), costly)
