"""A file whose clocks were kept under the terms another program came with is settled all the same."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from dispatch_app.bootstrap import build_desk
from dispatch_app.contract.calendar_beijing import month_bounds
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import FrozenClock
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import Scene

STAMP = Stamp("", "", "A", 0)
NOVEMBER = month_bounds(2024, 11)


def test_clocks_kept_under_other_terms_are_reckoned_anew(scene: Scene) -> None:
    scene.at("2024-11-22 08:00")
    first, late = scene.register(), scene.register()
    scene.at("2024-11-22 16:00").finish(first)
    scene.finish(late)
    settled = scene.queries.tally(*NOVEMBER)
    assert settled.nobody_sent_count == 2
    with scene.database.unit_of_work(STAMP) as work:
        rows = [
            {column.key: getattr(row, column.key) for column in FrozenClock.__table__.columns}
            for row in work.session.scalars(select(FrozenClock))
        ]
        assert rows
        work.session.execute(delete(FrozenClock))
        work.session.execute(insert(FrozenClock), [row | {"readings_version": "another"} for row in rows])
    desk = build_desk(scene.database, scene.clock)
    assert desk.queries.tally(*NOVEMBER) == settled
    scene.desk = desk
    scene.mark(late, FactKind.REOPENED)
    scene.at("2024-11-22 17:00").finish(late)
    again = scene.queries.tally(*NOVEMBER)
    assert again.nobody_sent_count == settled.nobody_sent_count
    assert again == build_desk(scene.database, scene.clock).queries.tally(*NOVEMBER)
