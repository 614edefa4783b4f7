"""Who has left acts in none of the core room's registers any more (四.3)."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.registers import test_changes_approval as changing
from tests.operations.registers import test_documents_out as documents
from tests.operations.registers import test_media as media
from tests.operations.registers import test_spares as spares
from tests.operations.registers import test_staff_changes as staff_changes
from tests.operations.scene import Scene

GONE = "刘平 已于 2024-11-22 离职"
SPARE = {"spare": "千兆光模块", "quantity": "1", "purpose": "备用"}


@pytest.mark.parametrize(
    ("register", "typed", "field", "heading"),
    [
        ("changes_approval", changing.CHANGE | {"asked_at": "现在"}, "applicant", "申请人"),
        ("documents_out", documents.DRAWING | {"out_at": "现在"}, "handed_by", "经手人"),
        ("media", media.STICK | {"label": "U-02"}, "holder", "保管人"),
        ("media_uses", media.USE, "used_by", "使用人"),
        ("spare_uses", SPARE | {"taken_by": "刘平", "taken_at": "现在"}, "taken_by", "领用人"),
        ("spare_receipts", SPARE | {"received_by": "刘平", "received_at": "现在"}, "received_by", "经手人"),
    ],
)
def test_who_has_left_acts_no_more(
    scene: Scene, register: str, typed: dict[str, str], field: str, heading: str
) -> None:
    spares.keep(scene)
    media.keep(scene, holder="张懿明")
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    with pytest.raises(KnownError) as refused:
        scene.do(AddEntry(register, typed))
    assert (refused.value.field, refused.value.message) == (field, f"{heading}：{GONE}")


def test_who_leaves_gives_secret_media_back_before_it_takes_effect(scene: Scene) -> None:
    kept = media.keep(scene)
    media.keep(scene, label="U-02", level="非涉密")
    entry_id = staff_changes.add(scene, staff_changes.LEAVES)
    with pytest.raises(KnownError) as refused:
        staff_changes.effect(scene, entry_id)
    assert (refused.value.field, refused.value.message) == ("person", "刘平 还保管着涉密存储介质 U-01")
    media.step(scene, kept, "give_back", place="2 号保密柜", note="离职退回")
    staff_changes.effect(scene, entry_id)
    assert staff_changes.person(scene, "刘平").state is StaffState.LEFT
