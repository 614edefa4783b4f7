"""The passphrase vault, for a Linux without a Secret Service: argon2id between a passphrase and the key."""

from __future__ import annotations

import secrets
import unicodedata

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.cipher import KEY_BYTES
from dispatch_app.storage.sealing import SALT_BYTES, Argon2Cost, Seal, seal, unseal

SHORTEST = 8
# RFC 9106's second choice, for machines that have not 2 GiB to spare: 0.1 s on a desk computer.
STANDARD_COST = Argon2Cost(memory_kib=65536, passes=3, lanes=4)
_PURPOSE = "dispatch-app passphrase 1"


class PassphraseError(KnownError):
    """A passphrase that is wrong or too short. `field` is "passphrase"."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy, field="passphrase")


def seal_with_passphrase(key: bytes, passphrase: str, database: str, cost: Argon2Cost) -> Seal:
    """The database key under a passphrase.

    Raises:
        PassphraseError: Shorter than eight characters.
    """
    if len(passphrase) < SHORTEST:
        raise PassphraseError(f"口令至少要 {SHORTEST} 个字", "换一个更长的口令，例如几个不相干的词")
    salt = secrets.token_bytes(SALT_BYTES)
    return seal(key, _derive(passphrase, salt, cost), salt, f"{_PURPOSE} {database}", cost)


def key_from_passphrase(passphrase: str, sealed: Seal, database: str) -> bytes:
    """The database key.

    Raises:
        PassphraseError: It is not the passphrase.
        ValueError: The seal is none of a passphrase.
    """
    if sealed.cost is None:
        raise ValueError("this seal was not made with a passphrase")
    key = unseal(sealed, _derive(passphrase, sealed.salt, sealed.cost), f"{_PURPOSE} {database}")
    if key is None:
        raise PassphraseError("口令不对", "检查大小写和输入法后再输一次；忘了口令可用恢复码打开")
    return key


def _derive(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    # The same characters typed through another input method may come decomposed or in full width.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    # Not at the top: a start with a key ring needs none of it.
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret, salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=KEY_BYTES, type=Type.ID
    )
