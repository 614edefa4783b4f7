"""交接班表: what one shift leaves to the next, with a line for either to sign.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A fault in hand.

    Attributes:
        stage: In Chinese. engineers: Who is on it, with their states; empty for nobody.
        clock: Name and clause of the next contractual limit; empty for none.
        due_at: When it runs out, epoch seconds UTC; None for none.
        figure: Time left or over, such as 剩 17:49.
        doubtful: Whether the limit rests on a moment that is 待核.
    """

    number: str
    site: str
    symptom: str
    stage: str
    emergency: bool = False
    engineers: str = ""
    clock: str = ""
    due_at: int | None = None
    figure: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """回电承诺 still owed. Times: epoch seconds UTC."""

    caller: str
    callback: str
    about: str
    promised_at: int
    due_at: int
    fault_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """A reminder nobody has acknowledged. `subject`: fault number, or the caller a promise was made to.

    `doubtful`: whether the limit rests on a moment that is 待核.
    """

    subject: str
    clock: str
    threshold: str
    due_at: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A call of the shift. `outcome`: the fault it became or was about, and how far that is.

    `doubtful`: 待核, its moment was written down under a clock nobody had verified.
    """

    at: int
    caller: str
    callback: str
    about: str
    outcome: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLine:
    """One person: state in Chinese, the faults in hand, a telephone."""

    name: str
    role: str
    state: str
    in_hand: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """A round or a backup overdue or due today; `standing` in Chinese, such as 逾期 3 天."""

    what: str
    place: str
    standing: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet:
    """Everything a 交接班表 says. Times are epoch seconds, UTC.

    Attributes:
        since: When the outgoing operator took the desk; None where that is not on record.
        calls_since: Calls are listed from this moment on.
        outgoing, incoming: 交班人, 接班人; the second may be empty in a preview.
        note: What else the next shift must know; may be empty.
    """

    number: str
    issuer: str
    outgoing: str
    incoming: str
    since: int | None
    calls_since: int
    faults: tuple[OpenLine, ...]
    promises: tuple[PromiseLine, ...]
    alarms: tuple[AlarmLine, ...]
    calls: tuple[CallLine, ...]
    staff: tuple[StaffLine, ...]
    issued_at: int
    duties: tuple[DutyLine, ...] = ()
    note: str = ""
    copy_number: int = 1
    reprint: bool = False


LABELS = {"number": "单号", "issuer": "单位", "outgoing": "交班人", "note": "交班留言"}


def render_handover(sheet: HandoverSheet, fonts: FontSet | None = None) -> bytes:
    """The 交接班表 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, {name: LABELS[name] for name in ("number", "issuer", "outgoing")}, "交接班表")
    from dispatch_app.reports.handover_layout import lay_out

    return lay_out(sheet, fonts)
