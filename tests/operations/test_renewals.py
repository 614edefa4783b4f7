"""续签申请: drafted and issued inside its window, one at a time."""

from __future__ import annotations

from datetime import date

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.registers.entries import WithdrawEntry
from dispatch_app.operations.renewals import IssueRenewal, _year_on
from tests.operations.letters import body as text
from tests.operations.registers.registering import act, detail, view
from tests.operations.scene import Scene


def test_inside_the_window_it_is_issued_and_entered(scene: Scene) -> None:
    scene.register()
    scene.mark(scene.register(), FactKind.ARRIVED)
    scene.at("2025-01-13 09:00")
    assert "草稿" in text(scene.queries.preview_renewal())
    done = scene.do(IssueRenewal())
    assert done.message == "续签申请 续签〔2025〕1号 已出，交给甲方后请记递交"
    paper = text(scene.queries.document_pdf(done.created))
    for said in (
        "关于续签技术维护合同的申请",
        "自2024年3月1日起至2025年2月28日止",
        "第十条第二款",
        "共受理故障2件",
        "其中响应按时1件，超时1件；到场按时1件，超时1件。",
        "续签服务期自2025年3月1日起至2026年2月28日止",
        "收到本申请后3个工作日内",
    ):
        assert said in paper, said
    assert view(scene, "renewals", "drafted") == ["A-XQ0001"]
    (document,) = scene.queries.documents("renewal")
    assert document.number == "续签〔2025〕1号"


def test_a_reprint_says_that_it_is_one(scene: Scene) -> None:
    done = scene.at("2025-01-13 09:00").do(IssueRenewal())
    assert "补打" not in text(scene.queries.document_pdf(done.created))
    assert "补打" in text(scene.queries.document_pdf(done.created, reprint=True))


@pytest.mark.parametrize(
    ("now", "message"),
    [
        ("2025-01-12 23:59", "不在续签申请期内（2025-01-13 至 2025-02-28，十.2），还早 1 天"),
        ("2025-03-01 00:00", "不在续签申请期内（2025-01-13 至 2025-02-28，十.2），已过 1 天"),
    ],
)
def test_outside_the_window_there_is_no_paper(scene: Scene, now: str, message: str) -> None:
    scene.at(now)
    for ask in (scene.queries.preview_renewal, lambda: scene.do(IssueRenewal())):
        with pytest.raises(KnownError) as refused:
            ask()
        assert refused.value.message == message
    assert scene.queries.documents("renewal") == ()


def test_one_application_at_a_time(scene: Scene) -> None:
    scene.at("2025-01-13 09:00").do(IssueRenewal())
    with pytest.raises(KnownError, match="续签申请 续签〔2025〕1号 还没有答复"):
        scene.do(IssueRenewal())
    entry = scene.queries.register_entry_named("renewals", "续签〔2025〕1号")
    act(scene, entry, "submit", submitted="今天")
    scene.at("2025-01-14 09:00")
    act(scene, entry, "answer", reply="不续签", replied="今天")
    assert "续签〔2025〕2号" in scene.do(IssueRenewal()).message
    second = scene.queries.register_entry_named("renewals", "续签〔2025〕2号")
    scene.do(WithdrawEntry(second, detail(scene, second).row.version, "重写"))
    assert "续签〔2025〕3号" in scene.do(IssueRenewal()).message


def test_a_year_ends_the_day_before_it_began() -> None:
    assert _year_on(date(2025, 3, 1)) == date(2026, 2, 28)
    assert _year_on(date(2028, 2, 29)) == date(2029, 2, 28)
