from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_app.storage.database import Database
from tests.storage.samples import KEY


@pytest.fixture
def scratch() -> Iterator[Database]:
    with Database.scratch() as database:
        yield database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A real database with the current schema, closed."""
    path = tmp_path / "desk.db"
    Database.create(path, KEY).close()
    return path
