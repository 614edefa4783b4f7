"""What every page is given: the doors to operations, time, messages and looks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dispatch_app.operations.desk import Desk
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.theme.theme import Themes


@dataclass(frozen=True, slots=True)
class UiContext:
    """`desk` is there for its static knowledge (contract, settings); reads and writes go through `executor`.

    `data_folder` is None where the database is a scratch one (drills, tests).
    """

    desk: Desk
    executor: Executor
    ticker: Ticker
    messages: Messages
    themes: Themes
    resources: Path
    data_folder: Path | None = None
