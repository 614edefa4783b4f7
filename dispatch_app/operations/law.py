"""The contract as it is read today: what was shipped, and what somebody has decided since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.terms import Terms
from dispatch_app.models import Base, DecidedReading

_TABLE = Base.metadata.tables[DecidedReading.__tablename__].c
_DECIDED = select(_TABLE.key, _TABLE.value).order_by(_TABLE.key)


@dataclass(frozen=True, slots=True)
class Law:
    """The terms in force. `version` names them: frozen clock results of another version do not count.

    `shipped`: the terms as they came, before anybody decided anything. `decided`: (reading, answer) of what
    somebody did decide, by reading.
    """

    terms: Terms
    version: str
    shipped: Terms
    decided: tuple[tuple[str, str], ...]


def law_in_force(session: Session, shipped: Terms, known: Law | None = None) -> Law:
    """The shipped terms under the readings decided so far; one statement.

    Args:
        known: A law of the same shipped terms; it is the answer if nothing has been decided since.
    """
    rows = session.connection().execute(_DECIDED).all()
    decided = tuple((row.key, row.value) for row in rows)
    if known is not None and known.decided == decided:
        return known
    return law_of(shipped, decided)


def law_of(shipped: Terms, decided: Iterable[tuple[str, str]]) -> Law:
    """The shipped terms with some readings decided otherwise."""
    chosen = tuple(decided)
    values: dict[str, Any] = dict(chosen)
    terms = Terms(shipped.contract, replace(shipped.readings, **values))
    return Law(terms, _version(terms), shipped, chosen)


def _version(terms: Terms) -> str:
    # The contract's own figures count too: a renewed contract must not be settled with old results.
    content = json.dumps([asdict(terms.contract), asdict(terms.readings)], default=str)
    return sha256(content.encode()).hexdigest()[:16]
