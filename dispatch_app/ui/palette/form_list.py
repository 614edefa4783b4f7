"""The forms there are, as 查找与命令 names them. A page that prints another form adds its line here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormEntry:
    """`page`: key of the page the form is made on. `detail`: how one comes to it from there."""

    title: str
    page: str
    detail: str


FORMS = (
    FormEntry("派工单", "desk", "选中故障后按 L，或输入「派工单 7」"),
    FormEntry("专报", "special_reports", "起草、上报、批示"),
    FormEntry("违约结算表", "tallies", "按期核算、定稿、打印"),
)
