"""What SQLite says when the disk, the file or another program gets in the way, in words for the desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from dispatch_app.contract.errors import KnownError

_FULL = ("磁盘已满或写不进去，这一步没有存下", "已存的记录完好，正在填写的内容还在；清出磁盘空间后再做一次")
_BUSY = ("数据库正被另一个程序占用，这一步没有存下", "正在填写的内容还在；关掉占用它的程序后再做一次")
_READ_ONLY = ("数据库文件不能写，这一步没有存下", "正在填写的内容还在；检查数据文件夹的权限后再做一次")
_CORRUPT = ("数据库文件有损坏", "不要删除任何文件；退出程序，从最近的备份恢复")
_NOT_OPEN = ("数据库文件打不开", "检查数据文件夹是否还在、是否有权限读写")

# SQLite's primary result codes. While the -shm file grows, a full disk shows as IOERR.
_WORDS = {
    3: _READ_ONLY,
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: _FULL,
    11: _CORRUPT,
    13: _FULL,
    14: _NOT_OPEN,
    26: _CORRUPT,
}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns what a person can do something about into `KnownError`; the rest goes on as the bug it is."""
    try:
        yield
    except DBAPIError as error:
        raise _known(error.orig) or error from error
    except driver.Error as error:
        raise _known(error) or error from error


def _known(error: BaseException | None) -> KnownError | None:
    code = getattr(error, "sqlite_errorcode", None)
    words = None if code is None else _WORDS.get(code & 0xFF)
    return None if words is None else KnownError(*words)
