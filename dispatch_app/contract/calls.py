"""What a call is that becomes no fault of its own: it runs no clock, and it stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class CallKind(StrEnum):
    """误拨, 咨询, 催办, 投诉, 非服务对象, 同一故障."""

    WRONG_NUMBER = "wrong_number"
    ENQUIRY = "enquiry"
    CHASE = "chase"
    COMPLAINT = "complaint"
    OUT_OF_SCOPE = "out_of_scope"
    SAME_FAULT = "same_fault"


ABOUT_A_FAULT = frozenset({CallKind.CHASE, CallKind.COMPLAINT, CallKind.SAME_FAULT})
"""Kinds that may name the fault they are about; the last one must."""

CALL_WORDS: Mapping[CallKind, str] = MappingProxyType(
    {
        CallKind.WRONG_NUMBER: "误拨",
        CallKind.ENQUIRY: "咨询",
        CallKind.CHASE: "催办",
        CallKind.COMPLAINT: "投诉",
        CallKind.OUT_OF_SCOPE: "非服务对象",
        CallKind.SAME_FAULT: "同一故障",
    }
)
