"""Prepare the work tree: system libraries, `.venv`, the locked dependencies, the project itself.

Needs nothing but the standard library of Python 3.11. A second run changes nothing, asks no network
and takes a fraction of a second: each step leaves a stamp in `.venv` that holds the digest of what it
was made from.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from system_libraries import missing_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "lock.txt"
WANTED = (3, 11)


class SetupError(Exception):
    """Set-up cannot go on; the text is the one line a person is to read."""


def use_wanted_python() -> None:
    """Replaces this process by Python 3.11 where another version was called.

    Raises:
        SetupError: No Python 3.11 is on the PATH.
    """
    if sys.version_info[:2] == WANTED:
        return
    name = ".".join(map(str, WANTED))
    for candidate in (f"python{name}", f"/usr/bin/python{name}", "/usr/bin/python3"):
        path = shutil.which(candidate)
        if path and _version_of(path) == name:
            os.execv(path, [path, *sys.argv])
    raise SetupError(f"需要 Python {name}，这里是 {sys.version.split()[0]}。请安装后以 make PYTHON=路径 再试")


def _version_of(python: str) -> str:
    probe = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False).stdout.strip()


def prepare_system() -> None:
    """Installs the Debian packages Qt and venv need, or names them in one line with the command.

    Raises:
        SetupError: A package nothing can work without is missing and cannot be installed from here.
    """
    missing = missing_packages()
    if not missing.everything:
        return
    names = " ".join(missing.everything)
    prefix = _root_prefix()
    if prefix is not None:
        say(f"安装系统组件：{names}")
        if _install(prefix, missing.everything):
            return
    command = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
    if missing.required:
        raise SetupError(f"缺少系统组件，请让管理员执行：{command}")
    say(f"缺少的系统组件只影响开窗口和打印，测试和离屏演练照常，请让管理员执行：{command}")


def _root_prefix() -> list[str] | None:
    """The words to put before a command that needs root; None where nobody can be root unasked."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def _install(prefix: list[str], packages: tuple[str, ...]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        if not _succeeds([*prefix, *command], environment, shown=True):
            return False
    return True


def _succeeds(command: list[str], environment: dict[str, str] | None = None, shown: bool = False) -> bool:
    """Runs a command that must not ask anything. `shown` sends what it prints to standard error."""
    out = sys.stderr if shown else subprocess.DEVNULL
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, check=False
    )
    return done.returncode == 0


def prepare_venv() -> None:
    """Makes `.venv` where it is missing or was left half made."""
    if not (VENV / "bin" / "pip").exists():
        say("建立 .venv")
        _run([sys.executable, "-m", "venv", str(VENV)], "建不成 .venv")


def install_dependencies() -> None:
    """Installs exactly the files whose digests are in the lock."""
    say("安装锁定的依赖（第一次要几分钟）")
    # The lock names everything there is to install. Left to resolve, older pips look for an extra of a
    # locked package on its own, take its newest version and refuse it for want of a digest.
    locked = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
    _run([*_pip(), *locked], "依赖没有装上，请检查网络后再试一次")


def install_project() -> None:
    """Makes `.venv/bin/dispatch-app` run the sources of this very tree."""
    editable = ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)]
    _run([*_pip(), *editable], "程序没有装进 .venv")


def _pip() -> list[str]:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [str(VENV / "bin" / "python"), "-m", "pip", "install", *quiet]


def _run(command: list[str], failure: str) -> None:
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetupError(failure)


def digest(*parts: bytes) -> str:
    """A digest of everything a step was made from."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_current(step: str, made_from: str) -> bool:
    """Whether `step` was last done from just this."""
    stamp = VENV / f".stamp-{step}"
    return (VENV / "bin" / "python").exists() and stamp.is_file() and stamp.read_text() == made_from


def leave_stamp(step: str, made_from: str) -> None:
    """Notes that `step` is done; written last, so that an interrupted step is done again."""
    (VENV / f".stamp-{step}").write_text(made_from)


def say(line: str) -> None:
    print(f"» {line}", file=sys.stderr, flush=True)


def main() -> int:
    """Returns 0 when the tree is ready, 1 after one line that says what is in the way."""
    dependencies = digest(LOCK.read_bytes())
    project = digest((ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode())
    try:
        if not is_current("dependencies", dependencies):
            use_wanted_python()
            prepare_system()
            prepare_venv()
            install_dependencies()
            leave_stamp("dependencies", dependencies)
        if not is_current("project", project):
            install_project()
            leave_stamp("project", project)
    except SetupError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
