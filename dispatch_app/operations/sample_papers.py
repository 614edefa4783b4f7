"""One paper of every kind that the sample entries give occasion for, for pictures and for practice."""

from __future__ import annotations

from dispatch_app.contract.calendar_beijing import date_of, month_bounds
from dispatch_app.operations.bulletins import IssueBulletin
from dispatch_app.operations.device_papers import (
    IssueCalibration,
    IssueDeviceLabels,
    IssueServiceCards,
    LabelChoice,
)
from dispatch_app.operations.history_paper import IssueFaultList
from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_paper import IssueRegisterList
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.operations.room_papers import IssueRoomPaper
from dispatch_app.operations.room_sheets import RoomPaper
from dispatch_app.operations.round_papers import IssueBackups, IssueBlankRound, IssueRounds
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.shift_papers import IssueBlankIntake, IssueOpenFaults
from dispatch_app.operations.staff_letters import IssueStaffLetter

_BOOKS = (DocumentKind.VISIT_BOOK, DocumentKind.DOCUMENT_BOOK, DocumentKind.SPARE_BOOK)


def sample_papers(queries: Queries, now: int) -> tuple[object, ...]:
    """The commands that issue them, of the month of `now` (epoch seconds UTC); nothing is written here.

    The papers of a fault, of a shift and of a settlement are made where these are.
    """
    today = date_of(now)
    start, end = month_bounds(today.year, today.month)
    return (
        IssueFaultList(HistoryFilter(), HistorySort()),
        IssueOpenFaults(),
        IssueBlankIntake(),
        IssueBulletin(start, end),
        *(
            IssueRegisterList(key, RegisterFilter(), RegisterSort(), _columns(key))
            for key in ("devices", "addresses")
        ),
        IssueDeviceLabels(LabelChoice()),
        ChangeSetting("label_medium", "roll_60x40"),
        IssueDeviceLabels(LabelChoice()),
        ChangeSetting("label_medium", "a4_64x34"),
        IssueCalibration(),
        IssueServiceCards(),
        IssueServiceCards(single=True),
        IssueBlankRound(_first(queries, "round_plans")),
        IssueRounds(_room(queries), today.replace(day=1)),
        IssueBackups(today.replace(day=1)),
        IssueStaffLetter((_first(queries, "staff_changes"),)),
        *(IssueRoomPaper(RoomPaper(kind, start, end)) for kind in _BOOKS),
        IssueRoomPaper(RoomPaper(DocumentKind.DESTRUCTION_LIST)),
        IssueRoomPaper(RoomPaper(DocumentKind.CHANGE_FORM, entry_id=_first(queries, "changes_approval"))),
    )


def _columns(key: str) -> tuple[str, ...]:
    return tuple(column.key for column in REGISTERS[key].columns if column.shown)


def _first(queries: Queries, key: str) -> str:
    return queries.register_page(key, RegisterFilter(), RegisterSort()).rows[0].entry_id


def _room(queries: Queries) -> str:
    """Id of the site the first round was made at."""
    return str(queries.register_entry(_first(queries, "rounds")).values["site"])
