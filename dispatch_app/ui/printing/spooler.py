"""What a print job is, and what every way of printing says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.printing.media import A4_SHEET, PageMedium


@dataclass(frozen=True, slots=True)
class Queue:
    """A printer of this computer. `state` in Chinese; `ready` when it takes jobs and works on them."""

    name: str
    is_default: bool
    ready: bool
    state: str


@dataclass(frozen=True, slots=True)
class Job:
    """One paper on its way to a printer.

    Attributes:
        document_id: The document it is; empty for a test page.
        number: The paper's own number, for messages; it stays the same when printing fails.
        title: Kind of the paper, for the job's name.
        reprint: The copy says 补打.
        medium: What it is printed on.
    """

    document_id: str
    number: str
    title: str
    pdf: bytes
    copies: int = 1
    reprint: bool = False
    medium: PageMedium = A4_SHEET

    @property
    def ascii_name(self) -> str:
        """The name the print system sees; queues and their logs garble anything but ASCII."""
        words = re.sub(r"[^A-Za-z0-9]+", "-", f"{self.title}-{self.number}").strip("-")
        return f"dispatch-{words}" if words else "dispatch-paper"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A printer took a job; `job_number` is the print system's own ("office-12")."""

    job: Job
    queue: str
    job_number: str


@dataclass(frozen=True, slots=True)
class PrintFailure:
    """A job no printer took. It keeps its number and can be sent again as it is."""

    job: Job
    queue: str
    error: KnownError


class Spooler(QObject):
    """A way to printers. Nothing here blocks: answers come as signals.

    Signals:
        listed: `tuple[Queue, ...]`, the answer to `look`.
        unlisted: KnownError, when the printers cannot be asked for.
        took: `Receipt`. failed: `PrintFailure`. One of the two answers each `send`.
    """

    listed = Signal(object)
    unlisted = Signal(object)
    took = Signal(object)
    failed = Signal(object)

    def look(self) -> None:
        """Ask for the printers there are."""
        raise NotImplementedError

    def send(self, job: Job, queue: str) -> None:
        """Hand a job to a printer, by name."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of whatever is still under way; called before the program ends."""
