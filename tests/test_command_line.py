"""What the command line understands, refuses and hands on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dispatch_app import __main__ as command_line
from dispatch_app import __version__, bootstrap
from dispatch_app.contract.errors import KnownError

Calls = list[tuple[Any, ...]]


class StrawWayIn:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def import_roster(self, path: Path) -> str:
        self._calls.append(("import_roster", path))
        return "已导入 5 个手机号码"

    def rebuild(self) -> str:
        return "由事实重建了 3 个故障，与原有的各表一致"

    def verify(self) -> str:
        return "哈希链完好：12 条事实"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Everything bootstrap would do is written down instead."""
    made: Calls = []

    def record(name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> int:
            made.append((name, *arguments, *named.items()))
            return 0

        return call

    @contextmanager
    def desk(data: Path | None) -> Iterator[StrawWayIn]:
        made.append(("open", data))
        yield StrawWayIn(made)
        made.append(("close",))

    for name in ("run_desk", "run_drill", "run_showcase", "run_print_test"):
        monkeypatch.setattr(bootstrap, name, record(name))
    monkeypatch.setattr(bootstrap, "command_line_desk", desk)
    monkeypatch.setattr(bootstrap, "has_display", lambda: True)
    return made


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ([], ("run_desk", None, ("opening", None))),
        (["run"], ("run_desk", None, ("opening", None))),
        (["--data", "there"], ("run_desk", Path("there"), ("opening", None))),
        (["run", "--data", "there"], ("run_desk", Path("there"), ("opening", None))),
        (["drill"], ("run_drill", 1)),
        (["drill", "--speed", "60"], ("run_drill", 60)),
        (["screenshots"], ("run_showcase", Path("out"), ("papers", False))),
        (["screenshots", "--out", "pictures"], ("run_showcase", Path("pictures"), ("papers", False))),
        (["print-test", "--queue", "PDF"], ("run_print_test", ["--queue", "PDF"])),
    ],
)
def test_each_command_reaches_what_does_it(calls: Calls, arguments: list[str], call: tuple[Any, ...]) -> None:
    assert command_line.main(arguments) == 0
    assert calls == [call]


@pytest.mark.parametrize("command", ["run", "drill"])
def test_without_a_display_the_day_is_played_offscreen_and_left_in_a_folder(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda: False)
    assert command_line.main([command, "--out", "there"]) == 0
    assert calls == [("run_showcase", Path("there"), ("papers", True))]
    assert "there" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("platform", "variables", "display"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc:size=1920x1080"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_looked_for_where_there_may_be_none(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], display: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.has_display() is display


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import-roster", "附五.csv", "--data", "there"], "已导入 5 个手机号码"),
        (["rebuild", "--data", "there"], "由事实重建了 3 个故障，与原有的各表一致"),
        (["verify", "--data", "there"], "哈希链完好：12 条事实"),
    ],
)
def test_work_on_the_data_says_what_came_of_it(
    calls: Calls, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert command_line.main(arguments) == 0
    assert capsys.readouterr().out == f"{words}\n"
    assert (calls[0], calls[-1]) == (("open", Path("there")), ("close",))


def test_assess_reads_its_own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    from dispatch_app.operations import assess

    heard: list[list[str]] = []

    def run(arguments: list[str]) -> int:
        heard.append(arguments)
        return 3

    monkeypatch.setattr(assess, "run_assess", run)
    assert command_line.main(["assess", "calls.csv", "--json", "out.json"]) == 3
    assert heard == [["calls.csv", "--json", "out.json"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dance"], "没有 dance 这个命令"),
        (["drill", "--speed", "99"], "--speed 须是 1 到 60 的整数，不能是 99"),
        (["drill", "--speed", "²"], "--speed 须是 1 到 60 的整数"),
        (["drill", "--speed"], "--speed 后面少了值"),
        (["import-roster"], "缺少 文件"),
        (["run", "--quick"], "不认识 --quick"),
        (["--dat", "there"], "不认识 --dat there"),
        (["verify", "--help=x"], "--help 不带值"),
    ],
)
def test_nonsense_is_refused_in_one_chinese_line_with_status_2(
    calls: Calls, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert command_line.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err
    assert "--help" in printed.err
    assert printed.err.count("\n") == 1
    assert calls == []


def test_what_was_refused_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_data: Path | None, opening: object) -> int:
        raise KnownError("调度台已经开着", "切换到已打开的窗口")

    monkeypatch.setattr(bootstrap, "has_display", lambda: True)
    monkeypatch.setattr(bootstrap, "run_desk", refuse)
    assert command_line.main(["run"]) == 2
    assert capsys.readouterr().err == "调度台已经开着。切换到已打开的窗口\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_lists_every_command_in_chinese(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert command_line.main([option]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {command}" in printed for command in command_line.COMMANDS)
    assert "usage" not in printed


@pytest.mark.parametrize("command", ["run", "import-roster", "drill", "screenshots", "rebuild", "verify"])
def test_each_command_explains_itself_in_chinese(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as left:
        command_line.main([command, "--help"])
    assert left.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"用法：dispatch-app {command}")
    assert command_line.COMMANDS[command] in printed.replace("\n", "")
    assert not [word for word in ("usage", "options", "positional", "show this") if word in printed]


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--version"]) == 0
    assert capsys.readouterr().out == f"dispatch-app {__version__}\n"


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["dance"]])
def test_nothing_heavy_is_imported_before_it_is_known_what_was_asked(arguments: list[str]) -> None:
    program = (
        "import sys; from dispatch_app.__main__ import main; main(sys.argv[1:]);"
        "heavy = ('PySide6', 'sqlalchemy', 'reportlab', 'chinese_calendar');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dispatch_app", "dance"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("没有 dance 这个命令")
