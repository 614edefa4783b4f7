"""The tables, one module a subject."""

from dispatch_app.models.alarm import AlarmAnswer
from dispatch_app.models.audit import ChangeLog, DeskEvent
from dispatch_app.models.base import Base
from dispatch_app.models.call import CallbackPromise, CallRecord
from dispatch_app.models.desk import DecidedReading, IntakeDraft, Setting
from dispatch_app.models.fault import ClockCount, Fault, FaultEngineer, FaultEvent, FrozenClock
from dispatch_app.models.listing import SEARCH_TABLE, FaultListing
from dispatch_app.models.register import REGISTER_WORDS, RegisterCell, RegisterEntry
from dispatch_app.models.report import IssuedDocument, NumberSeries, PrintJob, SpecialReport
from dispatch_app.models.site import Site
from dispatch_app.models.staff import StaffMember

SEARCH_TABLES = (SEARCH_TABLE, REGISTER_WORDS)
"""The FTS5 tables: no model describes them."""

__all__ = [
    "REGISTER_WORDS",
    "SEARCH_TABLE",
    "SEARCH_TABLES",
    "AlarmAnswer",
    "Base",
    "CallRecord",
    "CallbackPromise",
    "ChangeLog",
    "ClockCount",
    "DecidedReading",
    "DeskEvent",
    "Fault",
    "FaultEngineer",
    "FaultEvent",
    "FaultListing",
    "FrozenClock",
    "IntakeDraft",
    "IssuedDocument",
    "NumberSeries",
    "PrintJob",
    "RegisterCell",
    "RegisterEntry",
    "Setting",
    "Site",
    "SpecialReport",
    "StaffMember",
    "belongs_to_search",
]


def belongs_to_search(name: str | None) -> bool:
    """Whether a table is a search index or one of those SQLite keeps behind it."""
    return name is not None and any(name == one or name.startswith(f"{one}_") for one in SEARCH_TABLES)
