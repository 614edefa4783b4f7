"""Jobs go to CUPS with their medium said, and whatever goes wrong comes back with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.ui.printing.cups import CupsSpooler, lacks, parse_queues
from dispatch_app.ui.printing.media import PageMedium, medium_of
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Queue, Receipt

JOB = Job("d1", "〔2024〕3号", "special-report", b"%PDF-1.4 the very bytes", copies=2)
IDLE = "printer office is idle.  enabled since Mon\noffice accepting requests since Mon\n"
TAKES = 'cat > "$0.stdin"; echo "$@" > "$0.args"; echo "request id is office-12 (1 file(s))"'

Script = Callable[[str, str], None]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Writes a command of the print system; `body` is shell."""

    def write(name: str, body: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    write("lpstat", f"printf '{IDLE}'")
    write("lpoptions", "echo 'PageSize/Media Size: Letter *A4'")
    write("lp", TAKES)
    return write


@pytest.fixture
def spooler(tmp_path: Path, script: Script, qtbot: QtBot) -> Iterator[CupsSpooler]:
    made = CupsSpooler(folder=str(tmp_path), patience_ms=5000)
    yield made
    made.close()
    made.deleteLater()


def failure_of(qtbot: QtBot, spooler: CupsSpooler) -> PrintFailure:
    with qtbot.waitSignal(spooler.failed) as answer:
        spooler.send(JOB, "office")
    return answer.args[0]


def test_the_printer_gets_the_very_bytes_on_a4_unscaled_under_an_ascii_name(
    spooler: CupsSpooler, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(spooler.took) as answer:
        spooler.send(JOB, "office")
    assert answer.args[0] == Receipt(JOB, "office", "office-12")
    assert (tmp_path / "lp.stdin").read_bytes() == JOB.pdf
    assert (tmp_path / "lp.args").read_text().strip() == (
        "-d office -n 2 -t dispatch-special-report-2024-3 -o media=iso_a4_210x297mm -o print-scaling=none"
    )


def test_a_job_without_any_latin_word_still_has_a_name() -> None:
    assert Job("", "号", "专报", b"").ascii_name == "dispatch-paper"


def test_a_printer_that_refuses_leaves_the_job_with_its_number_and_a_remedy(
    spooler: CupsSpooler, script: Script, qtbot: QtBot
) -> None:
    script("lp", "cat >/dev/null; echo 'lp: Not authorised' >&2; exit 1")
    failed = failure_of(qtbot, spooler)
    assert failed.job.number == "〔2024〕3号"
    assert "Not authorised" in failed.error.message
    assert "再印一次" in failed.error.remedy


def test_an_unknown_printer_is_refused_before_anything_is_sent(
    spooler: CupsSpooler, script: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    script("lpstat", "echo 'lpstat: Invalid destination name' >&2; exit 1")
    assert "找不到打印机 office" in failure_of(qtbot, spooler).error.message
    assert not (tmp_path / "lp.args").exists()


def test_a_stopped_printer_is_refused_before_anything_is_sent(
    spooler: CupsSpooler, script: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    script("lpstat", "echo 'printer office disabled since Mon -'")
    assert "已停用" in failure_of(qtbot, spooler).error.message
    assert not (tmp_path / "lp.args").exists()


def test_a_printer_without_a4_is_refused_before_anything_is_sent(
    spooler: CupsSpooler, script: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    script("lpoptions", "echo 'PageSize/Media Size: *Letter Legal'")
    assert "A4" in failure_of(qtbot, spooler).error.message
    assert not (tmp_path / "lp.args").exists()


def test_a_machine_without_a_print_system_says_so(spooler: CupsSpooler, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "lpstat").unlink()
    assert "打印系统没有应答" in failure_of(qtbot, spooler).error.message
    with qtbot.waitSignal(spooler.unlisted) as answer:
        spooler.look()
    assert "CUPS" in answer.args[0].remedy


def test_a_print_server_that_never_answers_is_given_up(tmp_path: Path, script: Script, qtbot: QtBot) -> None:
    script("lpstat", "echo 'still trying' >&2; exec sleep 60")
    hurried = CupsSpooler(folder=str(tmp_path), patience_ms=300)
    with qtbot.waitSignal(hurried.failed) as answer:
        hurried.send(JOB, "office")
    assert "没有应答" in answer.args[0].error.message
    hurried.close()
    hurried.deleteLater()


def test_a_command_that_dies_is_no_success(spooler: CupsSpooler, script: Script, qtbot: QtBot) -> None:
    script("lp", 'cat >/dev/null; echo "request id is office-12 (1 file(s))"; kill -9 $$')
    assert "没有接收" in failure_of(qtbot, spooler).error.message


def test_closing_ends_what_is_under_way_in_silence(tmp_path: Path, script: Script, qtbot: QtBot) -> None:
    script("lpstat", "exec sleep 60")
    closing = CupsSpooler(folder=str(tmp_path))
    closing.look()
    with qtbot.assertNotEmitted(closing.unlisted), qtbot.assertNotEmitted(closing.listed):
        closing.close()
    closing.deleteLater()


def test_printers_are_listed_with_their_state_and_the_default_first() -> None:
    said = (
        "system default destination: office\n"
        "printer attic disabled since Mon -\n\treason unknown\n"
        "printer hall is idle.  enabled since Mon\n"
        "printer office now printing office-3.  enabled since Mon\n"
        "attic accepting requests since Mon\n"
        "hall not accepting requests since Mon -\n"
        "office accepting requests since Mon\n"
    )
    assert parse_queues(said) == (
        Queue("office", True, True, "正在打印"),
        Queue("attic", False, False, "已停用"),
        Queue("hall", False, False, "不接收任务"),
    )


def test_no_printers_are_an_empty_list(spooler: CupsSpooler, script: Script, qtbot: QtBot) -> None:
    script(
        "lpstat", "echo 'no system default destination'; echo 'lpstat: No destinations added.' >&2; exit 1"
    )
    with qtbot.waitSignal(spooler.listed) as answer:
        spooler.look()
    assert answer.args[0] == ()


@pytest.mark.parametrize(
    ("options", "lacking"),
    [
        ("PageSize/Media Size: *Letter A4\nDuplex/2-Sided: *None", False),
        ("PageSize/Media Size: *Letter iso_a4_210x297mm", False),
        ("PageSize/Media Size: *Letter Legal", True),
        ("Duplex/2-Sided: *None", False),
        ("", False),
    ],
)
def test_a_printer_lacks_a4_only_when_it_lists_sizes_without_it(options: str, lacking: bool) -> None:
    assert lacks(PageMedium(), options) is lacking


ROLL = Job("d2", "标识〔2024〕1号", "device-labels", b"%PDF-1.7 labels", medium=PageMedium(60, 40))


def test_labels_go_out_on_a_paper_of_their_own_size(
    spooler: CupsSpooler, script: Script, qtbot: QtBot, tmp_path: Path
) -> None:
    script("lpoptions", "echo 'PageSize/Media Size: *w90h162 Custom.WIDTHxHEIGHT'")
    with qtbot.waitSignal(spooler.took):
        spooler.send(ROLL, "office")
    assert "-o media=Custom.60x40mm -o print-scaling=none" in (tmp_path / "lp.args").read_text()


def test_a_printer_without_the_size_of_the_labels_is_refused_before_anything_is_sent(
    spooler: CupsSpooler, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(spooler.failed) as answer:
        spooler.send(ROLL, "office")
    error = answer.args[0].error
    assert error.message == "打印机 office 没有 60×40 mm 纸"
    assert error.remedy == "换标签打印机，或在它的驱动里加上这个尺寸；单号已保留，处理后按「再印一次」"
    assert not (tmp_path / "lp.args").exists()


@pytest.mark.parametrize(
    ("options", "lacking"),
    [
        ("PageSize/Media Size: *60x40mm A4", False),
        ("PageSize/Media Size: *om_60x40mm_60x40mm", False),
        ("PageSize/Media Size: *60x30mm A4", True),
        ("Resolution/Resolution: *203dpi", False),
    ],
)
def test_a_named_size_will_do_as_well(options: str, lacking: bool) -> None:
    assert lacks(PageMedium(60, 40), options) is lacking


@pytest.mark.parametrize(
    ("size", "words"), [((210.0, 297.0), "A4"), ((297.0, 209.98), "A4"), ((60.05, 39.9), "60×40 mm")]
)
def test_a_page_says_what_it_is_printed_on(size: tuple[float, float], words: str) -> None:
    assert medium_of(size).words == words
