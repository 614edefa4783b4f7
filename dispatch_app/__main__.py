"""The command line. Nothing heavy is imported before it is known what was asked."""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from dispatch_app import __version__
from dispatch_app.contract.errors import KnownError
from dispatch_app.display import has_display

PROGRAM = "dispatch-app"
REFUSED = 2
"""Exit status of everything that was refused with a reason."""
COMMANDS = {
    "run": "打开调度台（不写命令也是它）；没有显示器时离屏演练一天，画面和单据留在 out/",
    "assess": "按合同规则核算一份通话记录表，不碰数据库",
    "import-roster": "从合同附五的表（文本、CSV、.xlsx）导入人员手机号",
    "drill": "在临时数据库上演练一天",
    "screenshots": "把各个画面和单据存成图片",
    "print-test": "经打印机打一份样张，核对纸张和版面",
    "rebuild": "由事实重建各表，并与现有的核对",
    "verify": "核对事实的哈希链",
}
_CHINESE = (
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument .*?: invalid choice: '(.*?)' .*", r"没有 \1 这个命令"),
    (r"argument (.*?): expected one argument", r"\1 后面少了值"),
    (r"argument (.*?): ignored explicit argument '(.*)'", r"\1 不带值，多了 \2"),
    (r"argument (.*?): (须.*)", r"\1 \2"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可以是 \2"),
)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese, and refuses with a KnownError where argparse would leave."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._optionals.title = "选项"
        self._positionals.title = "参数"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        for pattern, words in _CHINESE:
            message = re.sub(rf"^{pattern}$", words, message)
        raise KnownError(f"参数不对：{message}", f"{self.prog} --help 看用法")


def _speed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 60:
        raise argparse.ArgumentTypeError(f"须是 1 到 60 的整数，不能是 {text}")
    return int(text)


def _command_parser(command: str) -> _Parser:
    parser = _Parser(prog=f"{PROGRAM} {command}", description=COMMANDS[command])
    if command in ("run", "import-roster", "rebuild", "verify"):
        parser.add_argument("--data", type=Path, metavar="文件夹", help="数据在这里，不在系统惯用的位置")
    if command in ("run", "drill", "screenshots"):
        out = "画面和单据的去处（默认 out）"
        parser.add_argument("--out", type=Path, default=Path("out"), metavar="文件夹", help=out)
    if command == "import-roster":
        parser.add_argument("file", type=Path, metavar="文件", help="附五的服务人员表")
    if command == "drill":
        parser.add_argument("--speed", type=_speed, default=1, metavar="倍速", help="1 到 60（默认 1）")
    return parser


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {words}" for name, words in COMMANDS.items())
    return (
        f"用法：{PROGRAM} [命令] [选项]\n\n安宁电子政务网络维护合同的调度台\n\n命令\n{lines}\n\n"
        f"{PROGRAM} 命令 --help 看一个命令的选项；{PROGRAM} --version 看版本\n"
    )


def _run(asked: argparse.Namespace) -> int:
    # What a start makes stays: looking through it for garbage again and again is a twelfth of the start.
    gc.disable()
    try:
        return _run_collecting_nothing(asked)
    finally:
        gc.enable()


def _run_collecting_nothing(asked: argparse.Namespace) -> int:
    """As it says, until the desk is there and turns the collector on again."""
    opening = None
    if has_display():
        from dispatch_app.first_sight import first_sight

        opening = first_sight(asked.data)
    from dispatch_app import bootstrap

    if bootstrap.has_display():
        return bootstrap.run_desk(asked.data, opening=opening)
    return _offscreen(asked)


def _offscreen(asked: argparse.Namespace) -> int:
    sys.stdout.write(f"没有显示器：离屏演练一天，画面和单据写到 {asked.out}\n")
    sys.stdout.flush()
    return _showcase(asked)


def _showcase(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    return bootstrap.run_showcase(asked.out, papers=True)


def _screenshots(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    return bootstrap.run_showcase(asked.out, papers=False)


def _drill(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    if bootstrap.has_display():
        return bootstrap.run_drill(asked.speed)
    return _offscreen(asked)


def _import_roster(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    with bootstrap.command_line_desk(asked.data) as way_in:
        sys.stdout.write(f"{way_in.import_roster(asked.file)}\n")
    return 0


def _rebuild(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    with bootstrap.command_line_desk(asked.data) as way_in:
        sys.stdout.write(f"{way_in.rebuild()}\n")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from dispatch_app import bootstrap

    with bootstrap.command_line_desk(asked.data) as way_in:
        sys.stdout.write(f"{way_in.verify()}\n")
    return 0


def _assess(arguments: Sequence[str]) -> int:
    from dispatch_app.operations.assess import run_assess

    return run_assess(arguments)


def _print_test(arguments: Sequence[str]) -> int:
    from dispatch_app import bootstrap

    return bootstrap.run_print_test(arguments)


_PARSED: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "import-roster": _import_roster,
    "drill": _drill,
    "screenshots": _screenshots,
    "rebuild": _rebuild,
    "verify": _verify,
}
_UNPARSED: dict[str, Callable[[Sequence[str]], int]] = {"assess": _assess, "print-test": _print_test}


def _do(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else "run"
    if first in ("-h", "--help"):
        sys.stdout.write(_overview())
        return 0
    if first == "--version":
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    # Options without a command belong to `run`.
    command, rest = ("run", arguments) if first.startswith("-") else (first, arguments[1:])
    if command in _UNPARSED:
        return _UNPARSED[command](rest)
    if command not in _PARSED:
        raise KnownError(f"没有 {command} 这个命令", f"{PROGRAM} --help 看有哪些命令")
    return _PARSED[command](_command_parser(command).parse_args(rest))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks.

    Returns:
        Exit status: 0, what the command says, or 2 after one Chinese line on standard error.
    """
    try:
        return _do(sys.argv[1:] if arguments is None else arguments)
    except KnownError as error:
        sys.stderr.write(f"{error.message}。{error.remedy}\n")
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
