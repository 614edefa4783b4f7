"""What people type for a moment to come."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.desk.due import due_text, parse_due
from tests.ui.conftest import FRIDAY

MINUTE = 60
TO_MIDNIGHT = 86_400 - (14 * 3600 + 32 * 60 + 7)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("+20", 20 * MINUTE),
        ("＋20", 20 * MINUTE),
        ("+1:30", 90 * MINUTE),
        ("15:30", 57 * MINUTE + 53),
        (" 15：30 ", 57 * MINUTE + 53),
        ("14:32:08", 1),
        ("明 9:00", TO_MIDNIGHT + 9 * 3600),
        ("明天0:00", TO_MIDNIGHT),
    ],
)
def test_every_form_means_its_moment_and_reads_back_as_the_same(typed: str, seconds: int) -> None:
    due_at = parse_due(typed, FRIDAY, "promise")
    assert due_at == FRIDAY + seconds
    assert parse_due(due_text(due_at, FRIDAY), FRIDAY, "promise") == due_at


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "不是一个时间"),
        ("20", "不是一个时间"),
        ("25:00", "不是一个时间"),
        ("+0", "已经过了"),
        ("14:32:07", "已经过了"),
        ("+9999", "最远承诺到明天"),
    ],
)
def test_what_is_no_moment_to_come_is_refused_at_its_field(typed: str, said: str) -> None:
    with pytest.raises(KnownError, match=said) as refused:
        parse_due(typed, FRIDAY, "promise")
    assert refused.value.field == "promise"
    assert refused.value.remedy
