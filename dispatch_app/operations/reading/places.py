"""Sites with the faults open at them, and finding one by what somebody types."""

from __future__ import annotations

from dispatch_app.contract.facts import Zone
from dispatch_app.models import Site
from dispatch_app.operations.pinyin_index import fold, rank
from dispatch_app.operations.reading.board import Board
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import SiteKind, SiteRow


def site_rows(view: View) -> tuple[SiteRow, ...]:
    """Every site by its service item and name."""
    return _rows(view.board, view.memory.site_rows)


def find_sites(view: View, text: str, limit: int) -> tuple[SiteRow, ...]:
    """Sites that `text` names, best first: a prefix before a fragment, the name before its pinyin, sites
    with open faults before others. Nothing typed finds nothing."""
    wanted = fold(text)
    if not wanted:
        return ()
    ranked = []
    for row in site_rows(view):
        order = rank(wanted, row.name, row.initials, row.pinyin)
        if order is not None:
            ranked.append((order, not row.open_faults, len(row.name), row.name, row))
    ranked.sort(key=lambda entry: entry[:4])
    return tuple(entry[4] for entry in ranked[:limit])


def _rows(board: Board, made: dict[str, tuple[Site, SiteRow]]) -> tuple[SiteRow, ...]:
    """`made`: the rows made before; one that still fits is the very same object."""
    faults: dict[str, list[tuple[str, str, str]]] = {}
    for one in board.faults.values():
        faults.setdefault(one.site_id, []).append(one.line)
    rows = []
    for site in board.sites:
        open_faults = tuple(faults.get(site.id, ()))
        made_of, held = made.get(site.id, (None, None))
        if held is None or made_of is not site or held.open_faults != open_faults:
            held = _row(site, open_faults)
            made[site.id] = (site, held)
        rows.append(held)
    return tuple(rows)


def _row(site: Site, open_faults: tuple[tuple[str, str, str], ...]) -> SiteRow:
    return SiteRow(
        id=site.id,
        name=site.name,
        kind=SiteKind(site.kind),
        zone=Zone(site.zone),
        street=site.street,
        longitude=site.longitude,
        latitude=site.latitude,
        approximate=site.approximate,
        initials=site.initials,
        pinyin=site.pinyin,
        open_faults=open_faults,
    )
