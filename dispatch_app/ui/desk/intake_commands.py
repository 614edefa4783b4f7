"""From the values of the form to the command they mean. Pure; moments are epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Source
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.ui.desk.intake_form import CHECKED


def fault_command(
    values: Mapping[str, str], answered_at: int, ring_back_at: int | None, draft_id: str
) -> RegisterFault:
    """The call as a fault.

    Raises:
        KnownError: No site is taken, or no symptom was typed; `field` says which.
    """
    if not values["site"]:
        typed = values["site_text"]
        raise KnownError(
            f"「{typed}」还没有对上站点" if typed else "还没有站点",
            "输入拼音首字母或任意字，回车取用",
            "site",
        )
    if not values["symptom"]:
        raise KnownError("还没有现象", "写一句出了什么事", "symptom")
    return RegisterFault(
        answered_at=answered_at,
        site_id=values["site"],
        symptom=values["symptom"],
        emergency=values["emergency"] == CHECKED,
        source=Source(values["source"]),
        caller=values["caller"],
        unit=values["unit"],
        callback=values["callback"],
        line=values["line"],
        room=values["room"],
        device=values["device"],
        hardware=values["hardware"] == CHECKED,
        draft_id=draft_id,
        ring_back_at=ring_back_at,
        group_with=values["group"],
    )


def call_command(
    values: Mapping[str, str],
    about: tuple[CallKind, str],
    answered_at: int,
    ring_back_at: int | None,
    draft_id: str,
) -> RecordCall:
    """The call as no fault of its own. `about`: what it is, and the id of the fault it names or nothing.

    Whatever was typed stays on record: what has no field of its own goes into the note.
    """
    kind, fault_id = about
    place = "" if values["site"] else values["site_text"]
    note = (values["symptom"], place, values["room"], values["device"])
    return RecordCall(
        kind,
        answered_at,
        site_id=values["site"],
        fault_id=fault_id,
        caller=values["caller"],
        unit=values["unit"],
        callback=values["callback"],
        line=values["line"],
        note="，".join(part for part in note if part),
        ring_back_at=ring_back_at,
        draft_id=draft_id,
    )
