"""What words in a register point at: sites, people, faults, entries of other registers, by name and by id."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import Base, Fault, RegisterCell, RegisterEntry, Site, StaffMember
from dispatch_app.operations.pinyin_index import fold, index, rank
from dispatch_app.operations.rows import StaffState

Kept = TypeVar("Kept")
FEW_NAMES = 3
"""So many candidates are named in a refusal."""
_SITES, _FAULTS, _ENTRIES = (
    Base.metadata.tables[table.__tablename__].c for table in (Site, Fault, RegisterEntry)
)
_PLACES = select(_SITES.id, _SITES.name, _SITES.initials, _SITES.pinyin, _SITES.kind)
# However many ids there are, they are one value: the statement is made ready once.
_ASKED = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_NUMBERS = select(_FAULTS.id, _FAULTS.number).where(_FAULTS.id.in_(_ASKED))
_NAMES = select(_ENTRIES.entry_id, _ENTRIES.register, _ENTRIES.number, _ENTRIES.content).where(
    _ENTRIES.entry_id.in_(_ASKED)
)
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A site as it is named and spelled. `initials`, `pinyin`: candidates separated by blanks; `kind`: a
    `SiteKind`."""

    id: str
    name: str
    initials: str
    pinyin: str
    kind: str


class Lookup:
    """Of one session and one moment. Sites and people are read once, when they are first asked for.

    Args:
        now: Epoch seconds UTC.
        named: Register key → (column it is named by, or empty for its number; title).
    """

    def __init__(self, session: Session, now: int, named: Callable[[str], tuple[str, str]]) -> None:
        self.session = session
        self.now = now
        self._named = named
        self._faults: dict[str, str] = {}
        self._entries: dict[str, str] = {}
        self._spelled: dict[str, tuple[str, str]] = {}
        self._sites: dict[str, str] = {}
        self._found: dict[tuple[str, str], str] = {}
        self._kept: dict[str, Any] = {}

    def kept(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Something a register reads once for many of its entries, under a name of its own."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found

    @cached_property
    def sites(self) -> dict[str, Place]:
        """By id."""
        found = self.session.connection().execute(_PLACES)
        return {row.id: Place(*row) for row in found}

    @cached_property
    def people(self) -> dict[str, StaffMember]:
        """By id, those who have left among them."""
        return {person.id: person for person in self.session.scalars(select(StaffMember))}

    def find_site(self, typed: str) -> str:
        """Id of the site of that name, its initials or an unmistakable part of it.

        Raises:
            KnownError: None, or several.
        """
        if typed not in self._sites:
            self._sites[typed] = self._site(typed)
        return self._sites[typed]

    def _site(self, typed: str) -> str:
        wanted = fold(typed)
        exact = [site for site in self.sites.values() if fold(site.name) == wanted]
        meant = exact or [
            site
            for site in self.sites.values()
            if rank(wanted, site.name, site.initials, site.pinyin) is not None
        ]
        if not meant:
            raise KnownError(f"没有叫「{typed}」的站点", "核对名称，或先在设置里添加站点")
        if len(meant) > 1:
            names = "、".join(site.name for site in meant[:FEW_NAMES])
            raise KnownError(f"「{typed}」不止一个站点", f"请写全，如 {names}")
        return meant[0].id

    def find_person(self, typed: str) -> str:
        """Id of the person of that name or that key on the desk; those who have left are found too.

        Raises:
            KnownError: There is nobody.
        """
        wanted = fold(typed)
        for person in self.people.values():
            there = person.availability != StaffState.LEFT
            if wanted == fold(person.name) or (there and person.digit and wanted == str(person.digit)):
                return person.id
        names = "、".join(
            person.name for person in self.people.values() if person.availability != StaffState.LEFT
        )
        raise KnownError(f"名单上没有「{typed}」", f"写姓名：{names}")

    def find_fault(self, typed: str) -> str:
        """Id of the fault of that number; the digits alone will do for the desk's own faults.

        Raises:
            KnownError: There is none.
        """
        number = typed.strip().upper()
        found = self.session.scalars(select(Fault.id).where(Fault.number == number)).first()
        if found is None and number.isascii() and number.isdigit():
            found = self.session.scalars(
                select(Fault.id).where(Fault.number.like(f"%-{int(number):04d}"))
            ).first()
        if found is None:
            raise KnownError(f"没有编号为「{typed}」的故障", "写故障编号，例如 A-0007")
        return found

    def find_entry(self, register: str, typed: str) -> str:
        """Id of the standing entry of that name or number.

        Raises:
            KnownError: There is none.
        """
        found = self.entry_if_any(register, typed)
        if not found:
            _, title = self._named(register)
            raise KnownError(f"{title}里没有「{typed}」", f"先在{title}登记，或核对写法")
        return found

    def entry_if_any(self, register: str, typed: str) -> str:
        """Id of the standing entry of that name or number; empty if there is none. Asked once for each."""
        wanted = (register, typed)
        if wanted not in self._found:
            self._found[wanted] = self._entry(register, typed)
        return self._found[wanted]

    def _entry(self, register: str, typed: str) -> str:
        column, _ = self._named(register)
        number = select(RegisterEntry.entry_id).where(
            RegisterEntry.register == register, RegisterEntry.number == typed.strip().upper()
        )
        found = self.session.scalars(number.where(RegisterEntry.standing)).first()
        if found is None and column:
            by_name = (
                select(RegisterEntry.entry_id)
                .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
                .where(
                    RegisterCell.register == register,
                    RegisterCell.column == column,
                    RegisterCell.key == natural(typed),
                )
            )
            found = self.session.scalars(by_name).first()
        return found or ""

    def site_name(self, site_id: str) -> str:
        """A site gone from the database shows its id."""
        site = self.sites.get(site_id)
        return site.name if site is not None else site_id

    def person_name(self, staff_id: str) -> str:
        person = self.people.get(staff_id)
        return person.name if person is not None else staff_id

    def spelled(self, staff_id: str) -> tuple[str, str]:
        """Initials and pinyin of somebody's name."""
        found = self._spelled.get(staff_id)
        if found is None:
            initials, full = index(self.person_name(staff_id))
            found = self._spelled[staff_id] = (initials.split(" ")[0], full.split(" ")[0])
        return found

    def fault_number(self, fault_id: str) -> str:
        if fault_id not in self._faults:
            self.learn_faults([fault_id])
        return self._faults.get(fault_id, fault_id)

    def entry_name(self, entry_id: str) -> str:
        """What an entry of any register is called: its name where it has one, else its number."""
        if entry_id not in self._entries:
            self.learn_entries([entry_id])
        return self._entries.get(entry_id, entry_id)

    def learn_faults(self, ids: Iterable[str]) -> None:
        """Read the numbers of these faults in one statement."""
        wanted = set(ids) - self._faults.keys()
        if wanted:
            rows = self.session.connection().execute(_NUMBERS, {"ids": json.dumps(sorted(wanted))})
            self._faults.update(dict.fromkeys(wanted, ""))
            self._faults.update({row.id: row.number for row in rows})

    def learn_entries(self, ids: Iterable[str]) -> None:
        """Read the names of these entries in one statement."""
        wanted = set(ids) - self._entries.keys()
        if not wanted:
            return
        # What is no entry is its own name, and is not asked for again.
        self._entries.update({name: name for name in wanted})
        for row in self.session.connection().execute(_NAMES, {"ids": json.dumps(sorted(wanted))}):
            column, _ = self._named(row.register)
            name = json.loads(row.content).get(column) if column else None
            self._entries[row.entry_id] = str(name or row.number)


def natural(text: str) -> str:
    """Text as it is ordered: A2 before A10, and no difference between half and full width.

    Digits are filled up to ten; longer runs stand as they are.
    """
    return _DIGITS.sub(_filled_up, fold(text)[:200])


def _filled_up(run: re.Match[str]) -> str:
    return run[0].lstrip("0").rjust(10, "0")
