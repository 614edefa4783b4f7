"""What must not stand in any file, whoever wrote it."""

from __future__ import annotations

import re

from tests.house.tree import ROOT, files, lines_that, text, text_files

SERVICE_MOBILES = {"18787077889", "18908712868", "13668770032"}
LONGEST = 450


def test_no_mobile_number_but_the_service_lines() -> None:
    # Eleven digits inside a longer run (a digest, a standard's number) are no telephone.
    mobile = re.compile(r"(?<![0-9A-Fa-f])1[3-9]\d{9}(?![0-9A-Fa-f])")
    spaced = re.compile(r"(?<!\d)1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)")
    found = {
        f"{path.relative_to(ROOT)}: {number}"
        for path in text_files()
        for pattern in (mobile, spaced)
        for number in pattern.findall(text(path))
        if re.sub(r"\D", "", number) not in SERVICE_MOBILES
    }
    assert not found


def test_no_path_of_one_machine() -> None:
    assert not lines_that(r"(^|[^A-Za-z0-9_.])/(work|farm|root|home|tmp/bash_jobs|Users)/", text_files())


def test_no_host_of_a_package_index() -> None:
    hosts = ("pypi", "pythonhosted", "npmjs", "debian", "anaconda", "tuna.tsinghua.edu", "aliyun")
    ends = r"\.(org|com|cn)\b"
    assert not lines_that(rf"\b({'|'.join(map(re.escape, hosts))}){ends}", text_files())


def test_nothing_is_left_to_be_done_later_in_a_comment() -> None:
    sources = tuple(path for path in text_files() if path.suffix in (".py", ".sh", ".toml", ""))
    assert not lines_that(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b", sources)


def test_no_source_file_does_so_much_that_it_grows_long() -> None:
    lengths = {str(path.relative_to(ROOT)): text(path).count("\n") for path in files(suffix=".py")}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_undo_is_called_by_its_one_name() -> None:
    # The field's word for taking back a step; the other word belongs to annulled documents.
    other = "撤" + "销"
    assert not lines_that(other, tuple(p for p in text_files() if p.suffix in (".py", ".toml")))


def test_modules_are_named_by_what_they_do() -> None:
    vague = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}
    assert not [path.relative_to(ROOT) for path in files(suffix=".py") if path.name in vague]
