"""What stands in the registers while somebody practises or a picture is taken: a TOML file, as typed.

Format: `[[entry]]` with `register` and `typed`, each followed by its `[[entry.step]]` with `action` and
`typed`; carried out in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from dispatch_app.operations.toml_text import TomlError, parse_toml


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A step of the entry of that number; a `Deferred`, for the entry has no id before it is made."""

    register: str
    number: str
    action: str
    typed: Mapping[str, str]

    def resolve(self, queries: Queries) -> object:
        """Raises KnownError if no entry has that number."""
        entry_id = queries.register_entry_named(self.register, self.number)
        version = queries.register_entry(entry_id).row.version
        return ActOnEntry(entry_id, version, self.action, self.typed)


def sample_entries(path: Path, desk: str = "A") -> tuple[AddEntry | SampleStep, ...]:
    """The commands of a file, to be performed in order on a desk whose registers are empty.

    Args:
        desk: Prefix of the numbers given out there.

    Raises:
        KnownError: It is no TOML.
    """
    try:
        entries = parse_toml(path.read_bytes())["entry"]
    except TomlError as error:
        raise KnownError(f"{path.name} {error.problem}", "按所示行列改正") from error
    return tuple(_commands(entries, desk))


def _commands(entries: list[Mapping[str, object]], desk: str) -> Iterator[AddEntry | SampleStep]:
    counted: dict[str, int] = {}
    for entry in entries:
        key, typed = str(entry["register"]), _texts(entry["typed"])
        register = register_of(key)
        counted[key] = counted.get(key, 0) + 1
        usual = {column.key: column.usual for column in register.typed if column.usual}
        yield AddEntry(key, usual | typed)
        steps = entry.get("step", [])
        assert isinstance(steps, list)
        for step in steps:
            number = f"{desk}-{register.code}{counted[key]:04d}"
            yield SampleStep(key, number, step["action"], _texts(step["typed"]))


def _texts(table: object) -> dict[str, str]:
    assert isinstance(table, dict)
    return {str(key): str(value) for key, value in table.items()}
