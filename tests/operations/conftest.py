"""A desk on a database of its own, copied from one that was filled once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_app.operations.desk import Desk
from dispatch_app.storage.database import Database
from tests.operations.scene import KEY, RESOURCES, FakeClock, Scene


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the first start, made once."""
    path = tmp_path_factory.mktemp("filled") / "desk.db"
    with Database.create(path, KEY) as database:
        Desk(database, FakeClock(), RESOURCES)
    return path


@pytest.fixture
def scene(filled: Path, tmp_path: Path) -> Iterator[Scene]:
    path = tmp_path / "desk.db"
    shutil.copy(filled, path)
    with Database(path, KEY, durable=False) as database:
        yield Scene(database, FakeClock())
