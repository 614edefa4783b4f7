"""The one kind of error a person at the desk is meant to read.

Everything else that is raised is a bug and goes to the crash report.
"""

from __future__ import annotations


class KnownError(Exception):
    """Something the program expected could go wrong, said in Chinese with what to do about it.

    Args:
        message: What happened, one line, no full stop at the end.
        remedy: What the person can do now, one line.
        field: Name of the form field the refusal belongs to, or an empty string.
    """

    def __init__(self, message: str, remedy: str, field: str = "") -> None:
        super().__init__(f"{message}。{remedy}")
        self.message = message
        self.remedy = remedy
        self.field = field
