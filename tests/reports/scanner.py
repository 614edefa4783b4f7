"""Reads the codes of a rendered page back with `zbarimg`, as a scanner would."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2


def scanned(pdf: bytes, page: int, dots_per_inch: int, folder: Path) -> list[str]:
    """`QR-Code:AN-0012`, `CODE-128:AN-0012` …: what stands on a page printed so finely, in order."""
    document = pypdfium2.PdfDocument(pdf)
    picture = folder / f"page-{page}.png"
    try:
        document[page].render(scale=dots_per_inch / 72).to_pil().save(picture)
    finally:
        document.close()
    answer = subprocess.run(["zbarimg", "--quiet", str(picture)], capture_output=True, text=True, check=True)
    return sorted(answer.stdout.split())
