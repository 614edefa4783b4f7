"""The desk starts without the libraries that only paper needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"reportlab", "fontTools", "pypdfium2", "segno", "PIL", "pylopdf_fonts_zh_cn"}


@pytest.mark.parametrize(
    "module",
    [
        "special_report",
        "work_order",
        "tally_sheet",
        "rasters",
        "fonts",
        "printable",
        "handover",
        "backups",
        "rounds",
        "open_faults",
        "blank_intake",
        "labels",
        "service_card",
    ],
)
def test_importing_what_callers_import_loads_no_heavy_library(module) -> None:
    code = f"import json, sys, dispatch_app.reports.{module}; print(json.dumps(list(sys.modules)))"
    # -I would leave out the project; the desk's own start is what is looked at.
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert not HEAVY & {name.split(".")[0] for name in json.loads(output)}
