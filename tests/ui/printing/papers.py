"""Small papers for tests, and a way to print that keeps what it is given."""

from __future__ import annotations

import io
from functools import cache

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import DocumentRow
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Queue, Receipt, Spooler

OFFICE = Queue("office", True, True, "空闲")
ATTIC = Queue("attic", False, False, "已停用")
DOCUMENT = DocumentRow(
    "d1", "special_report", "〔2024〕3号", "专报 〔2024〕3号 关于/核心: 的专报", 1_732_257_127, 0, ""
)


@cache
def paper(pages: int = 1, lying: bool = False, mark: str = "", scale: float = 1.0) -> bytes:
    """Pages of A4 with a frame near the edge and the page's number large in the middle."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=landscape(A4) if lying else A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.scale(scale, scale)
        width, height = landscape(A4) if lying else A4
        canvas.rect(40, 40, width - 80, height - 80)
        canvas.setFont("Helvetica", 60)
        canvas.drawCentredString(width / 2, height / 2, f"{mark}{page}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class PaperTray(Spooler):
    """Takes every job, or refuses with `error`; answers `look` with `queues`, or with `silence`."""

    def __init__(self) -> None:
        super().__init__()
        self.queues: tuple[Queue, ...] = (OFFICE,)
        self.sent: list[tuple[Job, str]] = []
        self.error: KnownError | None = None
        self.silence: KnownError | None = None
        self.looks = 0
        self.ended = False

    def look(self) -> None:
        self.looks += 1
        if self.silence is not None:
            self.unlisted.emit(self.silence)
        else:
            self.listed.emit(self.queues)

    def send(self, job: Job, queue: str) -> None:
        self.sent.append((job, queue))
        if self.error is None:
            self.took.emit(Receipt(job, queue, f"{queue}-{len(self.sent)}"))
        else:
            self.failed.emit(PrintFailure(job, queue, self.error))

    def close(self) -> None:
        self.ended = True
