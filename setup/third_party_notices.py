"""Writes THIRD_PARTY_NOTICES.md: what the program runs on, in which version, under which licence.

Names come from pyproject.toml, versions from the lock, licences from the metadata of what is installed.
Tools of development are left out: nothing of them goes to whoever runs the desk.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD_PARTY_NOTICES.md"
PREFACE = Path(__file__).with_name("third_party_preface.md.in")
PLATFORMS = ("linux", "win32")
# Metadata that is silent, says it in a sentence, or belongs to a platform that is not this one.
LICENCE_READ_BY_HAND = {
    "numpy": "BSD-3-Clause",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "backports-tarfile": "MIT",
    "colorama": "BSD-3-Clause",
    "jaraco-classes": "MIT",
}


@dataclass(frozen=True, order=True)
class Notice:
    name: str
    version: str
    licence: str


def runtime_packages() -> set[str]:
    """Canonical names of everything the program needs when it runs, on any platform it is meant for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or not _applies(requirement):
            continue
        found.add(name)
        installed = _installed(name)
        waiting += [Requirement(line) for line in (installed.requires or [])] if installed else []
    return found


def _applies(requirement: Requirement) -> bool:
    if requirement.marker is None:
        return True
    here = {key: str(value) for key, value in default_environment().items()}
    return any(
        requirement.marker.evaluate({**here, "sys_platform": platform, "extra": ""}) for platform in PLATFORMS
    )


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def locked_versions() -> dict[str, str]:
    """Canonical name → version, as the lock has them."""
    lines = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").splitlines()
    pinned = (line.split(" ")[0].split("==") for line in lines if "==" in line and line[0].isalnum())
    return {canonicalize_name(name): version for name, version in pinned}


def licence_of(name: str) -> str:
    """The licence by its short name.

    Raises:
        LookupError: Neither the metadata nor the list above knows it.
    """
    if name in LICENCE_READ_BY_HAND:
        return LICENCE_READ_BY_HAND[name]
    installed = _installed(name)
    stated = installed.metadata.json if installed else {}
    licence = stated.get("license_expression") or stated.get("license")
    if not licence:
        raise LookupError(f"{name} does not say its licence: read it and add it to LICENCE_READ_BY_HAND")
    return str(licence).removesuffix(" License")


def notices() -> list[Notice]:
    versions = locked_versions()
    return sorted(Notice(name, versions[name], licence_of(name)) for name in runtime_packages())


def render() -> str:
    """The whole file: the preface written by hand, then the table read from the machine."""
    rows = [f"| {notice.name} | {notice.version} | {notice.licence} |" for notice in notices()]
    table = ["| Package | Version | Licence |", "|---|---|---|", *rows]
    return PREFACE.read_text(encoding="utf-8") + "\n" + "\n".join(table) + "\n"


if __name__ == "__main__":
    NOTICES.write_text(render(), encoding="utf-8")
    sys.stderr.write(f"» {NOTICES.name}\n")
