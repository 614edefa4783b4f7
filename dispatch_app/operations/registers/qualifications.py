"""资质证书 (四.3, 四.5): what each person is qualified for, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Day, PersonOf, Text, Values
from dispatch_app.operations.registers.register import (
    Check,
    Column,
    Register,
    Tone,
    View,
    before_day,
    empty,
    within_days,
)
from dispatch_app.operations.registers.rules import must_be_present

SOON_DAYS = 60
"""Renewing a certificate takes weeks: so many days before its end it is pointed out."""


def tones(values: Values, today: date) -> Mapping[str, Tone]:
    """A certificate that has ended is red, one that ends soon says so."""
    if "expires" not in values:
        return {}
    expires = date.fromisoformat(str(values["expires"]))
    if expires < today:
        return {"expires": Tone.BREACHED}
    return {"expires": Tone.SOON} if expires <= today + timedelta(days=SOON_DAYS) else {}


def check(made: Check) -> None:
    """Whose it is, and that it ends after it began."""
    must_be_present(made, "person")
    issued, expires = made.after.get("issued"), made.after.get("expires")
    if issued is not None and expires is not None and str(expires) <= str(issued):
        raise KnownError("有效期在发证之前就结束了", "核对发证日期和有效期至", "expires")


QUALIFICATIONS = Register(
    key="qualifications",
    title="资质证书",
    code="ZZ",
    counted="份证书",
    clause="四.3、四.5",
    purpose="登记服务人员的资质证书和有效期：到期前 60 天提醒，过期标红",
    columns=(
        Column("person", "人员", PersonOf(), width=96, required=True),
        Column(
            "certificate", "证书", Text(longest=80), width=200, required=True, hint="例如 网络工程师（中级）"
        ),
        Column("expires", "有效期至", Day(), width=104, hint="长期有效的空着"),
        Column("certificate_no", "证书编号", Text(longest=60), width=160, unique=True),
        Column("issuer", "发证机关", Text(longest=80), width=180),
        Column("issued", "发证日期", Day(), width=104),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View("ending", "将到期", lambda now: (within_days("expires", now, SOON_DAYS),)),
        View("ended", "已过期", lambda now: (before_day("expires", now),), pressing=True),
        View("lasting", "长期有效", lambda _now: (empty("expires"),)),
    ),
    identity=("person", "certificate"),
    sort="expires",
    check=check,
    tones=tones,
)
