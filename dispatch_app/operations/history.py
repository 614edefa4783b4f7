"""What is kept of the list of all faults: filters under a name, and who took rows of it out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.history_rows import HistoryFilter, PeriodKind, SavedFilter
from dispatch_app.operations.job import Job
from dispatch_app.operations.settings import ChangeSetting, change_setting, setting_value

SETTING = "history_filters"
MOST_FILTERS = 40
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class KeepFilter:
    """Keep a filter under a name; one of that name is replaced."""

    name: str
    filter: HistoryFilter


@dataclass(frozen=True, slots=True)
class DropFilter:
    name: str


@dataclass(frozen=True, slots=True)
class RecordExport:
    """A list was written to a file. `what`: which list; `file_name` without its folder."""

    what: str
    file_name: str
    rows: int
    filter: HistoryFilter


def saved_filters(session: Session) -> tuple[SavedFilter, ...]:
    """The filters kept, in the order they were first kept in."""
    kept = json.loads(setting_value(session, SETTING))
    return tuple(
        SavedFilter(
            name,
            HistoryFilter(
                **fields | {"period": PeriodKind(fields["period"]), "only": tuple(fields.get("only", ()))}
            ),
        )
        for name, fields in kept.items()
    )


def keep_filter(job: Job, command: KeepFilter) -> Changes:
    """Raises KnownError for a name that is none, and when there are too many."""
    name = " ".join(command.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise KnownError("筛选的名称不合适", f"请起一个 1 到 {LONGEST_NAME} 个字的名称", "name")
    kept = {one.name: one.filter for one in saved_filters(job.session)} | {name: command.filter}
    if len(kept) > MOST_FILTERS:
        raise KnownError(f"已存了 {MOST_FILTERS} 个筛选", "请先删除不再用的，再存新的", "name")
    return _keep(job, kept, f"筛选「{name}」已保存")


def drop_filter(job: Job, command: DropFilter) -> Changes:
    """Raises KnownError if there is no filter of that name."""
    kept = {one.name: one.filter for one in saved_filters(job.session)}
    if kept.pop(command.name, None) is None:
        raise KnownError(f"没有名为「{command.name}」的筛选", "可能已在别处删除，请重新选择")
    return _keep(job, kept, f"筛选「{command.name}」已删除")


def record_export(job: Job, command: RecordExport) -> Changes:
    """Write down who took which rows out, into a file of what name."""
    payload = {
        "what": command.what,
        "file": command.file_name,
        "rows": command.rows,
        "filter": asdict(command.filter),
    }
    job.work.append_desk_fact("export", str(uuid4()), "exported", payload)
    return Changes(message=f"已导出 {command.rows:,} 件到 {command.file_name}")


def _keep(job: Job, kept: dict[str, HistoryFilter], message: str) -> Changes:
    text = json.dumps({name: asdict(one) for name, one in kept.items()}, ensure_ascii=False)
    changed = change_setting(job, ChangeSetting(SETTING, text))
    return Changes(settings=changed.settings, message=message)
