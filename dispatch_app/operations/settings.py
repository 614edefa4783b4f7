"""Settings that describe themselves, the operator on duty, and the readings of the contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ChooseOperator:
    """Who acts from now on; every fact carries it."""

    staff_id: str


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """Decide one question of the contract. `document`: number of the paper the decision rests on."""

    key: str
    value: str
    document: str
