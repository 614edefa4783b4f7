"""What the fault tests run in a process of its own, to be killed or starved."""

from __future__ import annotations

import os
import resource
import sys
from itertools import count
from pathlib import Path

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Noted, Reported, Zone
from dispatch_app.operations.calls import KeepDraft
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.log_import import AT_ONCE, BeginImport, WriteImported
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp

KEY = bytes(range(32))
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
STAMP = Stamp("li-honglan", "李鸿兰", "A", 1_709_254_800)


class StandingClock:
    """It is always the first second of the term and a day."""

    def now(self) -> int:
        return STAMP.now + 86_400


# A child that dies on purpose leaves no figures of coverage, or half a file of them.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def write_forever(path: Path) -> None:
    """Two facts, a desk fact and a line of the log at a time; says an id once its commit has returned."""
    with Database.open(path, KEY) as database:
        for number in count():
            with database.unit_of_work(STAMP) as work:
                fault = f"fault-{number}"
                fact = work.append_fault_fact(
                    fault, FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN, symptom="x" * (number % 3000))
                )
                work.append_fault_fact(fault, FactKind.RESOLVED, STAMP.now, Noted())
                work.append_desk_fact("setting", "theme", "changed", {"to": number})
                work.log_change("RegisterFault", {"faults": [fault]})
            say(fact.id)


def take_calls(path: Path) -> None:
    """Two calls put aside and a third being typed for ever; says so once the first two and a word of the
    third are kept."""
    with Database.open(path, KEY) as database:
        desk = Desk(database, StandingClock(), RESOURCES)
        for name, site in (("first", "八街"), ("second", "市委")):
            desk.perform(KeepDraft(name, STAMP.now - 60, parked=True, fields={"site_text": site}))
        for number in count(1):
            words = "断" * (number % 500 + 1)
            desk.perform(KeepDraft("typed", STAMP.now, parked=False, fields={"symptom": words}))
            if number == 1:
                say("kept")


def import_forever(path: Path, log: Path) -> None:
    """Imports a log as the page does and says so after every chunk; never comes to its end."""
    with Database.open(path, KEY) as database:
        desk = Desk(database, StandingClock(), RESOURCES)
        found = desk.queries.preview_import(log)
        desk.perform(BeginImport("i1", found.name, found.digest, len(found.faults)))
        for start in range(0, len(found.faults), AT_ONCE):
            desk.perform(WriteImported("i1", found.faults[start : start + AT_ONCE]))
            say("chunk")


def write_until_full(path: Path, limit: int) -> None:
    """Writes until no file may grow beyond `limit` bytes, then lifts the limit and writes on."""
    with Database.open(path, KEY) as database:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            for number in count():
                _report(database, f"fault-{number}")
                say("stored")
        except KnownError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            say("refused", error.message, error.remedy)
        _report(database, "afterwards")
        say("stored")


def create_on_a_full_disk(path: Path, limit: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        Database.create(path, KEY).close()
    except KnownError as error:
        say("refused", error.message, error.remedy)
    else:
        say("created")


def back_up_to_a_full_disk(path: Path, target: Path, limit: int) -> None:
    with Database.open(path, KEY) as database:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            database.back_up(target)
        except KnownError as error:
            say("refused", error.message, error.remedy)


def _report(database: Database, fault: str) -> None:
    with database.unit_of_work(STAMP) as work:
        work.append_fault_fact(
            fault, FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN, symptom="不亮灯" * 200)
        )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write_forever", path]:
            write_forever(Path(path))
        case ["take_calls", path]:
            take_calls(Path(path))
        case ["import_forever", path, log]:
            import_forever(Path(path), Path(log))
        case ["write_until_full", path, limit]:
            write_until_full(Path(path), int(limit))
        case ["create_on_a_full_disk", path, limit]:
            create_on_a_full_disk(Path(path), int(limit))
        case ["back_up_to_a_full_disk", path, target, limit]:
            back_up_to_a_full_disk(Path(path), Path(target), int(limit))
        case other:
            raise SystemExit(f"no such step: {other}")
