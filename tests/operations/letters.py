"""The words of an official letter, whatever page they stand on."""

from __future__ import annotations

from dispatch_app.reports.paper import MM
from tests.reports.pdf import text_within


def body(pdf: bytes) -> str:
    """What stands in the type area of all pages."""
    return text_within(pdf, 28 * MM - 20, 37 * MM - 40, 184 * MM + 20, 262 * MM + 2)
