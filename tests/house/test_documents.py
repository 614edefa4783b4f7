"""Documents say what is so."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from third_party_notices import NOTICES, locked_versions, render

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.words import FACT_WORDS, STATE_WORDS
from tests.house.tree import ROOT, files, text

PROJECT = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
DIRECT = [
    Requirement(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
]  # fmt: skip
DOCUMENTS = files(suffix=".md")


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_every_dependency_has_its_line_of_why(requirement: Requirement) -> None:
    row = rf"^\| {re.escape(requirement.name)} \| \S.{{20,}} \| \S.* \|$"
    assert re.search(row, text(ROOT / "docs" / "adr" / "0001-dependencies.md"), re.MULTILINE)


def test_no_line_of_why_outlives_its_dependency() -> None:
    rows = re.findall(r"^\| (\S+) \| ", text(ROOT / "docs" / "adr" / "0001-dependencies.md"), re.MULTILINE)
    assert set(rows) - {"Package"} == {requirement.name for requirement in DIRECT}


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_the_lock_holds_every_dependency_in_a_version_asked_for(requirement: Requirement) -> None:
    assert requirement.specifier.contains(locked_versions()[canonicalize_name(requirement.name)])


def test_every_locked_package_has_its_digests() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", text(ROOT / "requirements" / "lock.txt"))
    pinned = [entry for entry in entries if "==" in entry.splitlines()[0]]
    assert len(pinned) == len(locked_versions())
    assert not [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry]


def test_the_notices_are_those_of_the_lock() -> None:
    assert text(NOTICES) == render(), "run `make notices`"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_somewhere(path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(path))
    assert not [
        target for target in targets if "://" not in target and not (path.parent / target).exists()
    ]  # fmt: skip


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_make_target_of_the_readme_exists(readme: str) -> None:
    offered = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", text(ROOT / readme)))
    assert {"run", "test"} <= named <= offered


@pytest.mark.parametrize("kind", FactKind)
def test_the_glossary_explains_every_fact_in_the_words_of_the_desk(kind: FactKind) -> None:
    row = rf"^\| {FACT_WORDS[kind]} \| `{kind}` \| .{{4,}} \|$"
    assert re.search(row, text(ROOT / "docs" / "glossary.md"), re.MULTILINE)


@pytest.mark.parametrize("clock", ClockName)
def test_the_glossary_explains_every_clock_with_its_clause(clock: ClockName) -> None:
    row = rf"^\| \S+ \| `{clock}` \| .{{4,}} \| [一二三四五六七八九十]\.\d \|$"
    assert re.search(row, text(ROOT / "docs" / "glossary.md"), re.MULTILINE)


@pytest.mark.parametrize("state", StaffState)
def test_the_glossary_explains_every_state_of_staff(state: StaffState) -> None:
    row = rf"^\| {STATE_WORDS[state]} \| `{state}` \| .{{4,}} \|$"
    assert re.search(row, text(ROOT / "docs" / "glossary.md"), re.MULTILINE)
