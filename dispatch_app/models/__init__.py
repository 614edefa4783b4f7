"""The tables, one module a subject."""

from dispatch_app.models.alarm import AlarmAnswer
from dispatch_app.models.audit import ChangeLog, DeskEvent
from dispatch_app.models.base import Base
from dispatch_app.models.call import CallbackPromise, CallRecord
from dispatch_app.models.desk import DecidedReading, IntakeDraft, Setting
from dispatch_app.models.fault import ClockCount, Fault, FaultEngineer, FaultEvent, FrozenClock
from dispatch_app.models.listing import FaultListing
from dispatch_app.models.report import IssuedDocument, NumberSeries, PrintJob, SpecialReport
from dispatch_app.models.site import Site
from dispatch_app.models.staff import StaffMember

__all__ = [
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
    "Setting",
    "Site",
    "SpecialReport",
    "StaffMember",
]
