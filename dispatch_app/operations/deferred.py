"""A command whose ids are only known once the ones before it are written."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from dispatch_app.operations.queries import Queries


@runtime_checkable
class Deferred(Protocol):
    """`Desk.perform` asks for the command when its turn has come, on the thread that writes."""

    def resolve(self, queries: Queries) -> object:
        """The command to be performed.

        Raises:
            KnownError: It cannot be made of what the desk knows.
        """
        ...
