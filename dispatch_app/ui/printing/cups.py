"""Printing on Linux: the CUPS commands, run beside the program, with the medium said aloud.

Without `media=` a job came out on Letter; without `print-scaling=none` it came out shrunk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.printing.media import PageMedium
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Queue, Receipt, Spooler

PATIENCE_MS = 20_000
"""How long one command may take: a print server that is gone answers late or never."""

_AGAIN = "单号已保留，处理后按「再印一次」"
_UNSCALED = "print-scaling=none"
_IDLE, _PRINTING, _STOPPED, _REFUSING = "空闲", "正在打印", "已停用", "不接收任务"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended. `status` is None when it could not be started or did not end in time."""

    status: int | None
    out: str
    err: str


class Command(QObject):
    """One run of a program. Emits `ended` with its `Outcome` once, then may be dropped."""

    ended = Signal(object)

    def __init__(self, program: str, arguments: list[str], patience_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        environment = QProcessEnvironment.systemEnvironment()
        # What the commands say is read by this program, so they must say it in one language.
        environment.insert("LC_ALL", "C")
        self._process.setProcessEnvironment(environment)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._went_wrong)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self._gave_up)
        self._over = False

    def start(self, standard_input: bytes = b"") -> None:
        self._patience.start()
        self._process.start()
        if standard_input:
            self._process.write(standard_input)
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """End the program without a word to anyone."""
        self._over = True
        self._patience.stop()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished()

    @Slot(int)
    def _finished(self, status: int) -> None:
        crashed = self._process.exitStatus() == QProcess.ExitStatus.CrashExit
        self._end(None if crashed else status)

    @Slot(QProcess.ProcessError)
    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(None)

    @Slot()
    def _gave_up(self) -> None:
        self._end(None)
        self.stop()

    def _end(self, status: int | None) -> None:
        if self._over:
            return
        self._over = True
        self._patience.stop()
        out = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        err = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self.ended.emit(Outcome(status, out, err.strip()))


class CupsSpooler(Spooler):
    """Prints with `lp`. `folder` is where the commands lie, empty for wherever the system has them."""

    def __init__(
        self, parent: QObject | None = None, *, folder: str = "", patience_ms: int = PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._prefix = f"{folder}/" if folder else ""
        self._patience_ms = patience_ms
        self._running: set[Command] = set()

    def look(self) -> None:
        self._run("lpstat", ["-d", "-p", "-a"], self._looked)

    def send(self, job: Job, queue: str) -> None:
        """Check that the printer works and has the paper, then hand the job over."""

        def checked(outcome: Outcome) -> None:
            problem = _problem_of_queue(outcome, queue)
            if problem is None:
                self._run("lpoptions", ["-p", queue, "-l"], sized)
            else:
                self.failed.emit(PrintFailure(job, queue, problem))

        def sized(outcome: Outcome) -> None:
            if lacks(job.medium, outcome.out):
                self.failed.emit(PrintFailure(job, queue, _no_paper(job.medium, queue)))
            else:
                self._run("lp", _lp_arguments(job, queue), handed_over, job.pdf)

        def handed_over(outcome: Outcome) -> None:
            number = re.search(r"request id is (\S+)", outcome.out)
            if outcome.status == 0 and number:
                self.took.emit(Receipt(job, queue, number.group(1)))
            else:
                self.failed.emit(PrintFailure(job, queue, _not_taken(outcome, queue)))

        self._run("lpstat", ["-p", queue, "-a", queue], checked)

    def close(self) -> None:
        for command in tuple(self._running):
            command.stop()
        self._running.clear()

    def _run(
        self, program: str, arguments: list[str], then: Callable[[Outcome], None], standard_input: bytes = b""
    ) -> None:
        command = Command(f"{self._prefix}{program}", arguments, self._patience_ms, self)
        self._running.add(command)

        def ended(outcome: Outcome) -> None:
            self._running.discard(command)
            command.deleteLater()
            then(outcome)

        command.ended.connect(ended)
        command.start(standard_input)

    def _looked(self, outcome: Outcome) -> None:
        if outcome.status is None:
            self.unlisted.emit(_no_print_system(outcome))
        else:
            # With no printer at all lpstat ends with 1: that is an empty list, not an error.
            self.listed.emit(parse_queues(outcome.out))


def parse_queues(text: str) -> tuple[Queue, ...]:
    """The printers in what `lpstat -d -p -a` says (in its C locale), the default one first."""
    default = re.search(r"^system default destination: (\S+)", text, re.MULTILINE)
    refusing = set(re.findall(r"^(\S+) not accepting requests", text, re.MULTILINE))
    queues = []
    for name, state in re.findall(r"^printer (\S+) (.*)$", text, re.MULTILINE):
        if name in refusing:
            word = _REFUSING
        elif state.startswith("disabled"):
            word = _STOPPED
        else:
            word = _PRINTING if state.startswith("now printing") else _IDLE
        is_default = default is not None and default.group(1) == name
        queues.append(Queue(name, is_default, word in (_IDLE, _PRINTING), word))
    return tuple(sorted(queues, key=lambda queue: (not queue.is_default, queue.name)))


def lacks(medium: PageMedium, options: str) -> bool:
    """Whether `lpoptions -l` lists paper sizes and this is none of them."""
    sizes = re.search(r"^PageSize/[^:]*: (.*)$", options, re.MULTILINE)
    if sizes is None:
        return False
    return not medium.among([size.lstrip("*").lower() for size in sizes.group(1).split()])


def _no_paper(medium: PageMedium, queue: str) -> KnownError:
    remedy = "换一台打印机，或装好 A4 纸盒" if medium.is_a4 else "换标签打印机，或在它的驱动里加上这个尺寸"
    return KnownError(f"打印机 {queue} 没有 {medium.words} 纸", f"{remedy}；{_AGAIN}")


def _lp_arguments(job: Job, queue: str) -> list[str]:
    arguments = ["-d", queue, "-n", str(job.copies), "-t", job.ascii_name]
    return [*arguments, "-o", f"media={job.medium.cups_name}", "-o", _UNSCALED]


def _problem_of_queue(outcome: Outcome, queue: str) -> KnownError | None:
    if outcome.status is None:
        return _no_print_system(outcome)
    found = next((one for one in parse_queues(outcome.out) if one.name == queue), None)
    if found is None:
        return KnownError(f"找不到打印机 {queue}", f"在「打印机」里另选一台；{_AGAIN}")
    if not found.ready:
        return KnownError(f"打印机 {queue} {found.state}", f"在系统的打印设置里恢复它，或另选一台；{_AGAIN}")
    return None


def _no_print_system(outcome: Outcome) -> KnownError:
    if outcome.err:
        return KnownError(f"打印系统没有应答：{outcome.err}", f"检查打印服务；{_AGAIN}，或另存 PDF")
    return KnownError("这台电脑的打印系统没有应答", "请装好并启动 CUPS（cups-client），或先另存 PDF")


def _not_taken(outcome: Outcome, queue: str) -> KnownError:
    reason = outcome.err or "没有应答"
    return KnownError(f"打印机 {queue} 没有接收：{reason}", f"检查打印机；{_AGAIN}")
