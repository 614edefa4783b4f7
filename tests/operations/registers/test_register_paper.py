"""A register's list as a paper: numbered, kept, and with the filter said in words."""

from __future__ import annotations

import json

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import IssuedDocument
from dispatch_app.operations import register_paper
from dispatch_app.operations.documents import RecordPrint
from dispatch_app.operations.register_paper import IssueRegisterList
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.rows import DocumentKind
from tests.operations.registers.network_desk import address, network
from tests.operations.scene import Scene
from tests.reports.pdf import page_texts

COLUMNS = ("number", "address", "mac", "port")


ALL = RegisterFilter()


def wanted(filter: RegisterFilter = ALL, columns: tuple[str, ...] = COLUMNS) -> IssueRegisterList:
    return IssueRegisterList("addresses", filter, RegisterSort("address"), columns)


def test_the_table_of_one_network_is_numbered_and_marked(scene: Scene) -> None:
    one = network(scene)
    network(scene, name="乙", cidr="10.9.0.0/24", gateway="")
    address(scene, "10.8.1.20", mac="3C-8C-40-12-AB-09", switch="三楼", port="7")
    address(scene, "10.9.0.20")
    issued = scene.do(wanted(RegisterFilter(refers=("network", one))))
    assert issued.message == "IP 地址分配表 台账〔2024〕1号 已编号留底"
    (document,) = scene.queries.documents(DocumentKind.REGISTER_LIST)
    assert document.title == "IP 地址分配表 台账〔2024〕1号 1 个地址"
    (page,) = page_texts(scene.queries.document_pdf(issued.created))
    assert "网段：办公专网" in page
    assert "内部资料" in page
    assert "10.8.1.20" in page
    assert "10.9.0.20" not in page
    scene.do(RecordPrint(issued.created, "打印机", True))
    assert "第2份" in page_texts(scene.queries.document_pdf(issued.created, reprint=True))[0]


@pytest.mark.parametrize(
    ("filter", "words"),
    [
        (ALL, "范围：全部　共 1 个地址"),
        (RegisterFilter("10.8", "no_port"), "范围：没有端口；含「10.8」　共 1 个地址"),
        (RegisterFilter(view=WITHDRAWN_VIEW), "范围：已作废的　共 0 个地址"),
    ],
)
def test_the_filter_is_said(scene: Scene, filter: RegisterFilter, words: str) -> None:
    network(scene)
    address(scene, "10.8.1.20")
    (page,) = page_texts(scene.queries.preview_register_list(wanted(filter)))
    assert words in page


def test_many_columns_lie_across(scene: Scene) -> None:
    network(scene)
    few, many = (COLUMNS, (*COLUMNS, "network", "user", "site", "assigned_on"))
    for columns, across in ((few, False), (many, True)):
        created = scene.do(wanted(columns=columns)).created
        with scene.database.reader() as session:
            kept = json.loads(session.get_one(IssuedDocument, created).sheet)["sheet"]
        assert kept["across"] is across


def test_more_rows_than_a_paper_takes_are_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_paper, "MOST_ROWS", 1)
    network(scene)
    address(scene, "10.8.1.20")
    address(scene, "10.8.1.21")
    for act in (lambda: scene.queries.preview_register_list(wanted()), lambda: scene.do(wanted())):
        with pytest.raises(KnownError, match="共 2 个地址，一份清单最多打印 1 个地址"):
            act()
    assert scene.queries.documents(DocumentKind.REGISTER_LIST) == ()
