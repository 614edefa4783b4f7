from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_app.storage.database import Database
from tests.storage.samples import KEY


@pytest.fixture
def scratch() -> Iterator[Database]:
    with Database.scratch() as database:
        yield database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    Database.create(path, KEY).close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_database: Path) -> Path:
    """A real database with the current schema, closed."""
    return Path(shutil.copy(empty_database, tmp_path / "desk.db"))
