"""A second start on one data folder calls the first window to the front, by two small files in it.

The first start leaves a card that says who holds the folder. The second lays down a call; that the first
takes it away is the answer. No socket and no network: the folder is its owner's alone, so nobody else can
call, and what a crash leaves behind is overwritten by the next start.
"""

from __future__ import annotations

import getpass
import json
import platform
import time
from dataclasses import asdict, dataclass
from os import getpid

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.durable import files_told_plainly, write_whole
from dispatch_app.storage.locations import AlreadyOpenError, DataPlace

PATIENCE_S = 5.0
"""So long the first window has to answer; it does within a tenth of a second unless it hangs."""
STEP_S = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose window it is."""

    user: str
    host: str
    pid: int


def own() -> Holder:
    """This process."""
    return Holder(getpass.getuser(), platform.node(), getpid())


def leave_card(place: DataPlace) -> None:
    """Say who holds the folder; a call left behind by a crash is forgotten.

    Raises:
        KnownError: The folder cannot be written.
    """
    with files_told_plainly():
        place.call.unlink(missing_ok=True)
    write_whole(place.card, json.dumps(asdict(own())).encode())


def take_card_away(place: DataPlace) -> None:
    """The window is closing: nobody can be called any more."""
    with files_told_plainly():
        place.card.unlink(missing_ok=True)


def answer_call(place: DataPlace) -> bool:
    """Whether a second start has called since; the call is answered by that."""
    try:
        place.call.unlink()
    except FileNotFoundError:
        return False
    return True


def call_to_front(place: DataPlace, patience_s: float = PATIENCE_S) -> None:
    """Ask whoever holds the folder to show their window, and wait for the answer.

    Args:
        patience_s: Seconds to wait.

    Raises:
        KnownError: It is a command without a window, somebody else's, or it does not answer.
    """
    holder = _holder(place)
    me = own()
    if holder is None:
        raise AlreadyOpenError(place.directory)
    if (holder.user, holder.host) != (me.user, me.host):
        raise KnownError(
            f"这份数据由用户 {holder.user} 在 {holder.host} 上打开着",
            "请在那里操作，或等那边关闭后再打开；同一份数据一次只能开一个窗口",
        )
    with files_told_plainly():
        place.call.touch(mode=0o600)
    deadline = time.monotonic() + patience_s
    while place.call.exists():
        if time.monotonic() > deadline:
            place.call.unlink(missing_ok=True)
            raise KnownError(
                "调度台已经开着，但没有回应",
                f"稍等再试；仍无反应时结束进程 {holder.pid} 再打开，已经记下的都在",
            )
        time.sleep(STEP_S)


def _holder(place: DataPlace) -> Holder | None:
    try:
        card = json.loads(place.card.read_bytes())
        return Holder(str(card["user"]), str(card["host"]), int(card["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        # No card, or half of one: a command line holds the folder, or the first start is only beginning.
        return None
