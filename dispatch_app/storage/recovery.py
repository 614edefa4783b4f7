"""The recovery code: printed once, typed in on the day the system's key ring has lost the key.

Seven groups of five from Crockford's alphabet, which has no I, L, O and U. Four characters of a group carry
20 random bits, the fifth checks them: typing from paper, one learns which group is wrong. 140 random bits
need no slow derivation, so HKDF makes the sealing key.
"""

from __future__ import annotations

import secrets
import unicodedata

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.cipher import KEY_BYTES
from dispatch_app.storage.sealing import SALT_BYTES, Seal, seal, unseal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
CARRYING = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_WEIGHTS = (2, 4, 8, 16)
_PURPOSE = "dispatch-app recovery code 1"


class RecoveryCodeError(KnownError):
    """What was typed is not the code, or not this database's. `field` is "recovery_code"."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy, field="recovery_code")


def new_recovery_code() -> str:
    """A fresh code as it is printed: seven groups of five, joined by hyphens."""
    groups = ([secrets.randbelow(32) for _ in range(CARRYING)] for _ in range(GROUPS))
    return "-".join(
        "".join(ALPHABET[value] for value in (*group, _check(number, group)))
        for number, group in enumerate(groups)
    )


def read_recovery_code(typed: str) -> str:
    """The code as printed, from what a person typed: case, spaces, hyphens, full-width letters and O for 0,
    I or L for 1, U for V do not matter.

    Raises:
        RecoveryCodeError: Says what is wrong and in which group.
    """
    size = CARRYING + 1
    folded = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    letters = [letter for letter in folded if unicodedata.category(letter)[0] in "LN"]
    strange = [letter for letter in letters if letter not in ALPHABET]
    if strange:
        raise RecoveryCodeError(
            f"恢复码里没有“{strange[0]}”这个字", "恢复码只有数字和字母，请对照打印件再输一次"
        )
    if len(letters) != GROUPS * size:
        raise RecoveryCodeError(
            f"恢复码应有 {GROUPS * size} 个字，现在是 {len(letters)} 个", "请对照打印件补齐或去掉多输的字"
        )
    groups = ["".join(letters[start : start + size]) for start in range(0, len(letters), size)]
    for number, group in enumerate(groups):
        values = [ALPHABET.index(letter) for letter in group]
        if _check(number, values[:CARRYING]) != values[CARRYING]:
            raise RecoveryCodeError(f"恢复码第 {number + 1} 组有误", "请对照打印件重输这一组五个字")
    return "-".join(groups)


def seal_with_recovery(key: bytes, code: str, database: str) -> Seal:
    """The database key under a recovery code."""
    salt = secrets.token_bytes(SALT_BYTES)
    return seal(key, _derive(code, salt), salt, _bound_to(database))


def key_from_recovery(typed: str, sealed: Seal, database: str) -> bytes:
    """The database key.

    Raises:
        RecoveryCodeError: The code is mistyped, or is that of another database or an older one of this.
    """
    key = unseal(sealed, _derive(read_recovery_code(typed), sealed.salt), _bound_to(database))
    if key is None:
        raise RecoveryCodeError("这个恢复码不是这份数据的", "找到为这份数据最后一次打印的恢复码")
    return key


def _bound_to(database: str) -> str:
    return f"{_PURPOSE} {database}"


def _derive(code: str, salt: bytes) -> bytes:
    letters = code.replace("-", "").encode()
    # Not at the top: a start with a key ring needs none of it.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, _PURPOSE.encode()).derive(letters)


def _check(number: int, values: list[int]) -> int:
    """In GF(32), with a weight of its own for every place: any one wrong letter, any two letters changed
    about and any two groups changed about show."""
    total = number + 1
    for value, weight in zip(values, _WEIGHTS, strict=True):
        total ^= _times(value, weight)
    return total


def _times(one: int, other: int) -> int:
    """Product in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0b100101 if one & 0b10000 else 0)
        other >>= 1
    return product
