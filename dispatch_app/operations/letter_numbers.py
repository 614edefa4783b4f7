"""Numbers of letters: the next of the year that nobody gave a letter written elsewhere."""

from __future__ import annotations

from sqlalchemy import select

from dispatch_app.models import RegisterCell
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.lookup import natural
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_papers import year_number


def letter_number(job: Job, word: str, kind: DocumentKind, register: str) -> str:
    """`函〔2024〕3号`, taken for good. `register`: whose column `letter` holds the numbers given by hand."""
    while True:
        number = year_number(job, word, kind)
        taken = select(RegisterCell.id).where(
            RegisterCell.register == register,
            RegisterCell.column == "letter",
            RegisterCell.key == natural(number),
        )
        if job.session.scalars(taken.limit(1)).first() is None:
            return number
