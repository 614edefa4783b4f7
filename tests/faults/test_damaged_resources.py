"""A file of the product is damaged: it is named with its line at the start, and nothing half is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch_app import bootstrap
from dispatch_app.bootstrap import DeskWayIn, SystemClock
from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.keys import MemoryKeyStore
from dispatch_app.storage.locations import data_place
from dispatch_app.ui.theme.theme import Themes
from tests.faults.children import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
CONTRACT_FILES = ("contract.toml", "readings.toml", "roster.toml", "sites.toml", "service_items.toml")


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bootstrap.RESOURCES, tmp_path / "resources"))


def damage(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    lines.insert(2, "这里 = = 坏了")
    file.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("name", CONTRACT_FILES)
def test_a_damaged_contract_leaves_no_database_whose_recovery_code_nobody_saw(
    resources: Path, tmp_path: Path, name: str
) -> None:
    damage(resources / "contract" / name)
    place = data_place(tmp_path / "data")
    way_in = DeskWayIn(place, MemoryKeyStore(), SystemClock(), resources)
    with pytest.raises(KnownError, match=rf"{name} .*第 3 行") as caught:
        way_in.first_start("")
    assert "改正" in caught.value.remedy
    assert not place.database.exists()
    assert not place.keys.exists()


@pytest.mark.parametrize("name", CONTRACT_FILES)
def test_a_contract_damaged_later_is_told_and_the_data_left_alone(
    resources: Path, tmp_path: Path, name: str
) -> None:
    place = data_place(tmp_path / "data")
    store = MemoryKeyStore()
    first = DeskWayIn(place, store, SystemClock(), resources)
    first.first_start("")
    first.close()
    damage(resources / "contract" / name)
    again = DeskWayIn(place, store, SystemClock(), resources)
    with pytest.raises(KnownError, match=rf"{name} .*第 3 行"):
        again.look()
    again.close()
    mended = DeskWayIn(place, store, SystemClock(), bootstrap.RESOURCES)
    mended.look()
    assert len(mended.desk.queries.staff()) == 6
    mended.close()


@pytest.mark.parametrize("name", ["light.toml", "dark.toml"])
def test_a_damaged_theme_is_named_with_its_line(resources: Path, name: str) -> None:
    damage(resources / "themes" / name)
    with pytest.raises(KnownError, match=rf"{name} 第 3 行"):
        Themes(resources / "themes")


def test_a_theme_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "themes" / "light.toml").mkdir(parents=True)
    with pytest.raises(KnownError, match=r"light\.toml 读不出"):
        Themes(tmp_path / "themes")


@pytest.mark.parametrize("file", ["themes/dark.toml", "drill/day.toml", "contract/contract.toml"])
def test_the_program_says_it_in_one_line_and_shows_no_traceback(tmp_path: Path, file: str) -> None:
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dispatch_app", tmp_path / "dispatch_app", ignore=compiled)
    shutil.copytree(ROOT / "resources", tmp_path / "resources")
    damage(tmp_path / "resources" / file)
    ended = subprocess.run(
        [sys.executable, "-m", "dispatch_app", "screenshots", "--out", str(tmp_path / "out")],
        cwd=tmp_path,
        env=ENVIRONMENT
        | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "HOME": os.fspath(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert Path(file).name in ended.stderr
    assert "第 3 行" in ended.stderr
