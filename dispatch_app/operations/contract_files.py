"""Reads the contract, its readings, the roster, the sites and the service items from their TOML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dispatch_app.contract.terms import (
    Contract,
    Readings,
    RosterMember,
    ServiceItem,
    SiteEntry,
    Terms,
    TermsFileError,
    parse_contract,
    parse_readings,
    parse_roster,
    parse_service_items,
    parse_sites,
)
from dispatch_app.operations.toml_text import TomlError, parse_toml

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "contract"
"""Where the files of the product lie in a source tree."""


def load_contract(directory: Path = SHIPPED) -> Contract:
    """The contract's figures.

    Raises:
        TermsFileError: The file is missing, is no TOML, or says something impossible.
    """
    return parse_contract(_read(directory / "contract.toml"), "contract.toml")


def load_readings(file: Path = SHIPPED / "readings.toml") -> Readings:
    """The readings of one file; a key left out keeps the reading used.

    Raises:
        TermsFileError: As for the contract.
    """
    return parse_readings(_read(file), file.name)


def load_terms(directory: Path = SHIPPED) -> Terms:
    """The contract with the readings shipped beside it.

    Raises:
        TermsFileError: As for the contract.
    """
    return Terms(load_contract(directory), load_readings(directory / "readings.toml"))


def load_roster(directory: Path = SHIPPED) -> tuple[RosterMember, ...]:
    """The people of 附五, without personal mobiles.

    Raises:
        TermsFileError: As for the contract.
    """
    return parse_roster(_read(directory / "roster.toml"), "roster.toml")


def load_sites(directory: Path = SHIPPED) -> tuple[SiteEntry, ...]:
    """The sites as shipped.

    Raises:
        TermsFileError: As for the contract.
    """
    return parse_sites(_read(directory / "sites.toml"), "sites.toml")


def load_service_items(directory: Path = SHIPPED) -> tuple[ServiceItem, ...]:
    """The fourteen items of 附一.

    Raises:
        TermsFileError: As for the contract.
    """
    return parse_service_items(_read(directory / "service_items.toml"), "service_items.toml")


def check_files(directory: Path) -> None:
    """Read everything a new database is filled from, before there is one.

    Raises:
        TermsFileError: One of the files cannot be used.
    """
    load_terms(directory)
    load_roster(directory)
    load_sites(directory)
    load_service_items(directory)


def _read(file: Path) -> dict[str, Any]:
    try:
        return parse_toml(file.read_bytes())
    except OSError as error:
        raise TermsFileError(
            file.name, "（全文）", f"读不出：{error.strerror}", "检查文件是否存在、能否读取"
        ) from error
    except TomlError as error:
        raise TermsFileError(
            file.name, error.where, error.what, "按所示行列改正，文件用 UTF-8 保存"
        ) from error
