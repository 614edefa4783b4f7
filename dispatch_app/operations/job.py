"""What every handler is given: one open transaction and the contract as it is read in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from dispatch_app.operations.law import Law
from dispatch_app.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Job:
    """One command at work.

    Attributes:
        work: Commits as a whole or not at all; facts are appended through it.
        law: The contract and its readings; a handler that decides a reading replaces it.
        resources: The folder of the shipped resources.
    """

    work: UnitOfWork
    law: Law
    resources: Path

    @property
    def session(self) -> Session:
        return self.work.session

    @property
    def now(self) -> int:
        """The moment of the command, epoch seconds UTC."""
        return self.work.stamp.now
