"""Files that are there whole or not at all, for the owner only, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch_app.contract.errors import KnownError

OWNER_ONLY = 0o600


@contextmanager
def files_told_plainly() -> Iterator[None]:
    """Turns what the file system refuses into `KnownError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnownError(
            f"数据文件夹写不进去（{reason}）", "检查磁盘空间和文件夹权限后再试；已有的文件没有动"
        ) from error


def touch_private(path: Path) -> None:
    """An empty file that only its owner can read. SQLite keeps the permissions of a file it finds.

    Raises:
        FileExistsError: There is one already.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file in one step; a crash leaves the old content or the new.

    Raises:
        KnownError: The disk is full or the folder cannot be written.
    """
    with files_told_plainly():
        write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a content that need not fit into the memory at once.

    Raises:
        OSError: As the file system says it.
    """
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    touch_private(unfinished)
    try:
        with unfinished.open("wb") as stream:
            stream.writelines(pieces)
        put_in_place(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def put_in_place(unfinished: Path, path: Path) -> None:
    """Gives a finished file its name, once its content is on the disk."""
    sync_file(unfinished)
    os.replace(unfinished, path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes names given in a folder survive a power cut. Windows has no such call and no need of it."""
    directory = getattr(os, "O_DIRECTORY", None)
    if directory is None:
        return
    descriptor = os.open(folder, os.O_RDONLY | directory)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
