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
from dispatch_app.models import DecidedReading


@dataclass(frozen=True, slots=True)
class Law:
    """The terms in force. `version` names them: frozen clock results of another version do not count.

    `shipped`: the terms as they came, before anybody decided anything.
    """

    terms: Terms
    version: str
    shipped: Terms


def law_in_force(session: Session, shipped: Terms) -> Law:
    """The shipped terms under the readings decided so far; one statement."""
    decided = session.execute(select(DecidedReading.key, DecidedReading.value)).all()
    return law_of(shipped, ((row.key, row.value) for row in decided))


def law_of(shipped: Terms, decided: Iterable[tuple[str, str]]) -> Law:
    """The shipped terms with some readings decided otherwise."""
    values: dict[str, Any] = dict(decided)
    terms = Terms(shipped.contract, replace(shipped.readings, **values))
    return Law(terms, _version(terms), shipped)


def _version(terms: Terms) -> str:
    # The contract's own figures count too: a renewed contract must not be settled with old results.
    content = json.dumps([asdict(terms.contract), asdict(terms.readings)], default=str)
    return sha256(content.encode()).hexdigest()[:16]
