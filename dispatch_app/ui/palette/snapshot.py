"""All that can be found, spelled once when the list is opened, so that a keystroke only compares. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from dispatch_app.operations.history_rows import SavedFilter
from dispatch_app.operations.pinyin_index import fold, index
from dispatch_app.operations.rows import FaultRow, SettingRow, SiteRow, StaffRow
from dispatch_app.operations.words import STAGE_WORDS, STATE_WORDS, ZONE_WORDS
from dispatch_app.ui.desk.staff_words import number_to_call
from dispatch_app.ui.palette.entries import Entry, Group, Place, Where
from dispatch_app.ui.palette.form_list import FORMS, FormEntry

if TYPE_CHECKING:
    from dispatch_app.operations.register_rows import FoundEntry
    from dispatch_app.operations.registers.register import Register

LONGEST = 80
"""Characters of a symptom that a line takes; the painter cuts what is still too long for its width."""


class PageLike(Protocol):
    """What is needed of a page's entry in the rail."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """Something with a name; `initials` and `pinyin` as `pinyin_index` spells them."""

    name: str
    initials: str
    pinyin: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class KnownFault:
    """`symptom` is folded; `digits` are those of the number without leading noughts."""

    row: FaultRow
    digits: str
    initials: str
    pinyin: str
    symptom: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """`names`: folded name and number; `letters`: those and all else it says, folded, letters and digits."""

    names: tuple[str, ...]
    letters: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class KnownPerson:
    row: StaffRow
    initials: str
    pinyin: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`faults` are those on the desk, the most pressing first."""

    faults: tuple[KnownFault, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    named: tuple[Known, ...] = ()


def snapshot(
    faults: Sequence[FaultRow],
    sites: Sequence[SiteRow],
    people: Sequence[StaffRow],
    settings: Sequence[SettingRow],
    pages: Sequence[PageLike],
    forms: Sequence[FormEntry] = FORMS,
    filters: Sequence[SavedFilter] = (),
) -> Snapshot:
    """Everything of one moment with its spelling; the first call loads the tables of pinyin."""
    # No start needs a register: all of them together are a tenth of what there is to import.
    from dispatch_app.operations.registers.catalogue import REGISTERS

    places = {site.id: site for site in sites}
    return Snapshot(
        tuple(known_fault(row, places.get(row.site_id)) for row in faults),
        tuple(_person(row) for row in people),
        (
            *(Known(site.name, site.initials, site.pinyin, _site(site)) for site in sites),
            *(_spelled(page.title, _page(page)) for page in pages),
            *(_spelled(form.title, _form(form)) for form in forms),
            *(_spelled(one.title, _register(one)) for one in REGISTERS.values()),
            *(_spelled(f"登记{one.title}", _new_entry(one)) for one in REGISTERS.values()),
            *(_spelled(one.name, _filter(one)) for one in filters),
            *(_spelled(setting.label, _setting(setting)) for setting in settings),
        ),
    )


def known_fault(row: FaultRow, site: SiteRow | None = None) -> KnownFault:
    """A fault as it is found, also one that has left the desk."""
    # A site renamed or gone since: the name the fault carries is found, its pinyin is not.
    return KnownFault(
        row,
        row.number.rpartition("-")[2].lstrip("0"),
        site.initials if site is not None else "",
        site.pinyin if site is not None else "",
        fold(row.symptom),
        _fault(row),
    )


def one_line(text: str) -> str:
    """A text as a line of the list takes it: no breaks, and cut where nobody reads on."""
    line = " ".join(text[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


@lru_cache(maxsize=512)
def spell(name: str) -> tuple[str, str]:
    """(initials, pinyin) of a name that has no place in the database for them."""
    return index(name)


def _spelled(name: str, entry: Entry) -> Known:
    return Known(name, *spell(name), entry)


def _fault(row: FaultRow) -> Entry:
    people = "、".join(part.name for part in row.engagements)
    said = "·".join(part for part in (STAGE_WORDS[row.stage], people, one_line(row.symptom)) if part)
    will = f"选中 {row.number} {row.site_name}" if row.open else f"查看已结束的 {row.number} {row.site_name}"
    group = Group.FAULT if row.open else Group.ENDED
    return Entry(group, f"{row.number} {row.site_name}", said, will, place=Place(Where.FAULT, row.id))


def _site(site: SiteRow) -> Entry:
    in_hand = f"在办 {len(site.open_faults)} 件" if site.open_faults else "没有在办故障"
    will = (
        f"选中 {site.name} 的 {site.open_faults[0][1]}" if site.open_faults else f"在站点图上找 {site.name}"
    )
    detail = f"{ZONE_WORDS[site.zone]}·{in_hand}"
    return Entry(Group.SITE, site.name, detail, will, place=Place(Where.SITE, site.id))


def _person(row: StaffRow) -> KnownPerson:
    where = "、".join(f"{number} {site}" for number, site, _ in row.engagements)
    detail = "·".join(part for part in (row.role, STATE_WORDS[row.state], where) if part)
    title = f"{row.digit} {row.name}" if row.digit else row.name
    place = Place(Where.NUMBER, number_to_call(row), row.name)
    entry = Entry(Group.PERSON, title, detail, f"复制 {row.name} 的电话", place=place)
    return KnownPerson(row, *spell(row.name), entry)


def _page(page: PageLike) -> Entry:
    return Entry(Group.PAGE, page.title, "", f"打开{page.title}页", place=Place(Where.PAGE, page.key))


def _form(form: FormEntry) -> Entry:
    will = f"到做{form.title}的页面" if form.place.where is Where.PAGE else f"打开{form.title}"
    return Entry(Group.FORM, form.title, form.detail, will, place=form.place)


def _register(register: Register) -> Entry:
    place = Place(Where.REGISTER, register.key)
    return Entry(Group.REGISTER, register.title, register.clause, f"打开{register.title}", place=place)


def known_entry(found: FoundEntry) -> KnownEntry:
    """An entry of a register with its line."""
    from dispatch_app.operations.registers.catalogue import register_of

    title = register_of(found.register).title
    name = one_line(found.name)
    detail = "·".join((title, *(one for one in (found.number, *found.said[:2]) if one != found.name)))
    entry = Entry(
        Group.REGISTER,
        name,
        one_line(detail),
        f"打开{title}的这一条：{found.number}",
        place=Place(Where.ENTRY, found.entry_id, found.register),
    )
    names = (fold(found.name), fold(found.number))
    return KnownEntry(names, letters((*names, *found.said)), entry)


def letters(texts: Iterable[str]) -> str:
    """What the index of words keeps of texts: their letters and digits, folded."""
    return "".join(one for text in texts for one in fold(text) if one.isalnum())


def _new_entry(register: Register) -> Entry:
    place = Place(Where.NEW_ENTRY, register.key)
    will = f"打开{register.title}的登记表单"
    return Entry(Group.FORM, f"登记{register.title}", register.clause, will, place=place)


def _filter(saved: SavedFilter) -> Entry:
    will = f"打开历史页，用「{saved.name}」筛选"
    return Entry(Group.FILTER, saved.name, "历史", will, place=Place(Where.FILTER, saved.name))


def _setting(setting: SettingRow) -> Entry:
    shown = dict(setting.choices).get(setting.value, setting.value)
    detail = one_line(f"{setting.group}·{shown}{setting.unit}")
    will = f"打开设置页，改「{setting.label}」"
    return Entry(Group.SETTING, setting.label, detail, will, place=Place(Where.PAGE, "settings"))
