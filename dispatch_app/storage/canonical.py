"""JSON with one spelling for one value: what hash chains rest on and what text columns hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def canonical_json(value: Mapping[str, Any]) -> str:
    """Keys sorted, no spaces, Chinese as itself.

    Raises:
        ValueError: A float that is no number, which JSON cannot hold.
        TypeError: A value JSON has no form for.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
