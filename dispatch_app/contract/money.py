"""Money: `Decimal` yuan outside, whole fen inside sums, 大写 on paper."""

from __future__ import annotations

from decimal import Decimal

ZERO = Decimal("0.00")
_CENT = Decimal("0.01")


def to_fen(amount: Decimal) -> int:
    """Yuan → fen, exactly.

    Raises:
        ValueError: There is a fraction of a fen.
    """
    fen = amount.scaleb(2)
    if fen != fen.to_integral_value():
        raise ValueError(f"a fraction of a fen: {amount}")
    return int(fen)


def to_yuan(fen: int) -> Decimal:
    """Fen → yuan with two decimals."""
    return Decimal(fen).scaleb(-2).quantize(_CENT)


def price_in_words(amount: Decimal) -> str:
    """大写 of a sum in yuan: `壹拾陆万元整`; what is below 0 begins with 负.

    Raises:
        ValueError: A fraction of a fen, or 10^16 yuan and more, for which there are no words.
    """
    # Loading it takes a quarter of a second, which neither the desk's start nor a log should pay for.
    from cn2an import an2cn

    to_fen(amount)
    return str(an2cn(f"{amount:.2f}", "rmb"))
