"""A thread that does one job after another."""

from __future__ import annotations

import threading

import pytest

from dispatch_app.ui.bridge.worker import BACKGROUND, PERSON, Worker


def test_jobs_run_by_priority_and_then_by_arrival() -> None:
    worker = Worker("desk-test")
    started, go = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        started.set()
        assert go.wait(10)

    worker.put(first)
    assert started.wait(10)
    for name, priority in (("import 1", BACKGROUND), ("click 1", PERSON), ("import 2", BACKGROUND), ("click 2", PERSON)):  # fmt: skip  # noqa: E501
        worker.put(lambda name=name: done.append(name), priority)
    go.set()
    worker.close()
    assert done == ["click 1", "click 2", "import 1", "import 2"]


def test_a_job_that_fails_is_told_to_the_hook_and_the_next_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    worker = Worker("desk-test")
    done: list[str] = []

    def fail() -> None:
        raise ZeroDivisionError

    worker.put(fail)
    worker.put(lambda: done.append("next"))
    worker.close()
    assert [args.exc_type for args in told] == [ZeroDivisionError]
    assert done == ["next"]


def test_a_closed_worker_has_ended_and_takes_no_job() -> None:
    worker = Worker("desk-test")
    assert worker.alive
    worker.close()
    worker.close()
    assert not worker.alive
    with pytest.raises(RuntimeError, match="desk-test was closed"):
        worker.put(lambda: None)
