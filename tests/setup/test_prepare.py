"""Set-up: once thoroughly, then never again; and one line where it may not do what has to be done."""

from __future__ import annotations

from pathlib import Path

import prepare
import pytest
from system_libraries import Missing, missing_packages


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A work tree in a temporary folder; the list collects the steps that were really taken."""
    taken: list[str] = []
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "lock.txt").write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "LOCK", tmp_path / "requirements" / "lock.txt")
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    for step in ("use_wanted_python", "prepare_system", "install_dependencies", "install_project"):
        monkeypatch.setattr(prepare, step, lambda step=step: taken.append(step))

    def make_venv() -> None:
        taken.append("prepare_venv")
        (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(prepare, "prepare_venv", make_venv)
    return taken


ALL = ["use_wanted_python", "prepare_system", "prepare_venv", "install_dependencies", "install_project"]


def test_a_fresh_tree_takes_every_step_in_order(tree: list[str]) -> None:
    assert prepare.main() == 0
    assert tree == ALL


def test_a_prepared_tree_takes_no_step(tree: list[str]) -> None:
    prepare.main()
    tree.clear()
    assert prepare.main() == 0
    assert tree == []


def test_a_new_lock_installs_again(tree: list[str]) -> None:
    prepare.main()
    tree.clear()
    prepare.LOCK.write_text("one==2\n")
    prepare.main()
    assert tree == ALL[:-1]


def test_a_changed_project_file_installs_only_the_project(tree: list[str]) -> None:
    prepare.main()
    tree.clear()
    (prepare.ROOT / "pyproject.toml").write_text("[project.scripts]\n")
    prepare.main()
    assert tree == ["install_project"]


def test_a_step_that_failed_is_taken_again(tree: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise prepare.SetupError("依赖没有装上")

    with monkeypatch.context() as broken:
        broken.setattr(prepare, "install_dependencies", fail)
        assert prepare.main() == 1
    tree.clear()
    assert prepare.main() == 0
    assert "install_dependencies" in tree


def test_the_lock_is_installed_as_it_stands_and_nothing_is_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(prepare, "_run", lambda command, failure: commands.append(command))
    prepare.install_dependencies()
    ((*_, requirement, lock),) = commands
    assert (requirement, lock) == ("-r", str(prepare.LOCK))
    assert {"--no-deps", "--require-hashes"} <= set(commands[0])


def test_without_root_one_line_names_the_packages_and_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepare, "missing_packages", lambda: Missing(("libegl1",), ("libxcb-cursor0",)))
    monkeypatch.setattr(prepare, "_root_prefix", lambda: None)
    with pytest.raises(prepare.SetupError) as refused:
        prepare.prepare_system()
    assert "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_only_a_window_needs_is_named_but_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "missing_packages", lambda: Missing((), ("libxcb-cursor0",)))
    monkeypatch.setattr(prepare, "_root_prefix", lambda: None)
    prepare.prepare_system()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("apt-get install -y --no-install-recommends libxcb-cursor0")


def test_an_installation_that_fails_ends_in_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "missing_packages", lambda: Missing(("libegl1",), ()))
    monkeypatch.setattr(prepare, "_root_prefix", list)
    monkeypatch.setattr(prepare, "_install", lambda prefix, packages: False)
    with pytest.raises(prepare.SetupError, match="libegl1"):
        prepare.prepare_system()


def test_another_python_without_the_wanted_one_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare.sys, "version_info", (3, 13, 0))
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None)
    with pytest.raises(prepare.SetupError, match=r"需要 Python 3\.11"):
        prepare.use_wanted_python()


def test_a_library_that_does_not_load_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("system_libraries.REQUIRED_LIBRARIES", {"libno-such-thing.so.9": "libno-such9"})
    monkeypatch.setattr("system_libraries.DISPLAY_LIBRARIES", {"libc.so.6": "libc6"})
    monkeypatch.setattr("system_libraries.PROGRAMS", {"no-such-program": "no-such-package"})
    monkeypatch.setattr("system_libraries.importlib.util.find_spec", lambda name: None)
    missing = missing_packages()
    assert missing.required == ("python3-venv", "libno-such9")
    assert missing.display == ("no-such-package",)
