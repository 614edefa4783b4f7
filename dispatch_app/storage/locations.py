"""Where the desk's data lies, and that only one desk at a time works on it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.durable import files_told_plainly

APP_NAME = "dispatch-app"


class AlreadyOpenError(KnownError):
    """Another desk works on this data folder."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            "调度台已经开着",
            f"切换到已打开的窗口；要用另一份数据，请用 --data 指定文件夹（现为 {directory}）",
        )


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A data folder and the names in it."""

    directory: Path

    @property
    def database(self) -> Path:
        return self.directory / "desk.db"

    @property
    def keys(self) -> Path:
        """Wrapped keys and the name under which the key ring knows this database; useless alone."""
        return self.directory / "desk.keys"

    @property
    def lock(self) -> Path:
        return self.directory / "desk.lock"

    @property
    def card(self) -> Path:
        """Who has the window of this folder; there while it is open."""
        return self.directory / "desk.open"

    @property
    def call(self) -> Path:
        """There while a second start waits for the first window to come to the front."""
        return self.directory / "desk.front"


def data_place(override: Path | None = None) -> DataPlace:
    """The folder the platform wants (`~/.local/share/dispatch-app`, `%LOCALAPPDATA%` …), or another; made if
    it is not there, for its owner only.

    Raises:
        KnownError: It cannot be made.
    """
    directory = (override or user_data_path(APP_NAME, appauthor=False)).expanduser().absolute()
    with files_told_plainly():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return DataPlace(directory)


class InstanceLock:
    """Held for as long as the desk is open. The system lets go of it when the process dies, however it dies.

    SQLite's own file lock on an empty file: the same few lines hold on Linux, Windows and macOS.
    """

    def __init__(self, place: DataPlace) -> None:
        """Raises:
        AlreadyOpenError: Another process, or this one, holds it. KnownError: The folder cannot be written.
        """
        try:
            self._connection = sqlite3.connect(place.lock, isolation_level=None, timeout=0)
        except sqlite3.OperationalError as error:
            raise KnownError("数据文件夹不能用", f"检查 {place.directory} 的权限") from error
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise AlreadyOpenError(place.directory) from error

    def release(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
