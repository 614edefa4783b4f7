"""The card and the call of a second start."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.locations import AlreadyOpenError, DataPlace, data_place
from dispatch_app.storage.second_start import (
    answer_call,
    call_to_front,
    leave_card,
    own,
    take_card_away,
)


@pytest.fixture
def place(tmp_path: Path) -> DataPlace:
    return data_place(tmp_path)


def test_a_call_nobody_answers_is_told_with_the_process_and_taken_back(place: DataPlace) -> None:
    leave_card(place)
    with pytest.raises(KnownError, match="没有回应") as caught:
        call_to_front(place, patience_s=0)
    assert str(own().pid) in caught.value.remedy
    assert not answer_call(place)


def test_the_card_is_its_owners_alone_and_goes_with_the_window(place: DataPlace) -> None:
    leave_card(place)
    assert stat.S_IMODE(place.card.stat().st_mode) == 0o600
    take_card_away(place)
    take_card_away(place)
    with pytest.raises(AlreadyOpenError):
        call_to_front(place)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"user": "a", "host": "b", "pid": "c"}', b"\xff"])
def test_half_a_card_is_no_window(place: DataPlace, content: bytes) -> None:
    place.card.write_bytes(content)
    with pytest.raises(AlreadyOpenError):
        call_to_front(place)


@pytest.mark.parametrize("other", [{"user": "zhang"}, {"host": "another-machine"}])
def test_somebody_elses_window_is_named(place: DataPlace, other: dict[str, str]) -> None:
    me = own()
    card = {"user": me.user, "host": me.host, "pid": me.pid} | other
    place.card.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(KnownError, match=next(iter(other.values()))) as caught:
        call_to_front(place)
    assert "等那边关闭" in caught.value.remedy
    assert not place.call.exists()


def test_a_call_left_behind_by_a_crash_is_forgotten(place: DataPlace) -> None:
    place.call.touch()
    leave_card(place)
    assert not answer_call(place)
