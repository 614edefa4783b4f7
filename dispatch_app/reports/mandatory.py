"""Refuses a sheet that lacks what its form cannot do without, before anything prints."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch_app.contract.errors import KnownError


def require(sheet: object, labels: Mapping[str, str], form: str) -> None:
    """Check that every field named in `labels` (attribute name → Chinese name) of `sheet` is filled in.

    Args:
        form: The form's name, for the message.

    Raises:
        KnownError: Lists every empty field by its Chinese name; `field` is the first one's attribute name.
    """
    missing = [name for name in labels if _is_empty(getattr(sheet, name))]
    if missing:
        names = "、".join(labels[name] for name in missing)
        raise KnownError(f"{form}缺少必填内容：{names}", "请补齐后再打印", missing[0])


def _is_empty(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())
