"""Papers of the core room: 机房出入登记, 资料出入登记, 备件使用清单, 介质销毁清单, 变更审批单."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.room_sheets import BOOKS, RoomPaper, room_sheet
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_papers import year_number


@dataclass(frozen=True, slots=True)
class IssueRoomPaper:
    """出具 of one of them as things stand. `Changes.created` is the document's id."""

    paper: RoomPaper


def issue_room_paper(job: Job, command: IssueRoomPaper) -> Changes:
    """Number and keep the paper.

    Raises:
        KnownError: As `room_sheet`, or something in it has characters no font can print.
    """
    paper = command.paper
    if paper.kind is DocumentKind.CHANGE_FORM:
        title, word = "变更审批单", "变更单"
    else:
        title, word = BOOKS[paper.kind].title, BOOKS[paper.kind].word
    sheet = room_sheet(job_view(job), paper, "")
    number = year_number(job, word, paper.kind)
    subject = paper.entry_id or f"{paper.start}-{paper.end}"
    document = issue(job, paper.kind, subject, f"{title} {number}", replace(sheet, number=number))
    return Changes(
        documents=frozenset({document.id}), message=f"{title} {number} 已编号留底", created=document.id
    )
