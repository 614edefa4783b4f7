"""A database key sealed under another key, and the file beside the database that keeps such seals."""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.canonical import canonical_json
from dispatch_app.storage.durable import write_whole

SALT_BYTES = 16
NONCE_BYTES = 12
FORMAT = 1


class KeyFileError(KnownError):
    def __init__(self, path: Path) -> None:
        super().__init__(f"密钥文件 {path.name} 读不懂", "从数据文件夹的副本或备份里找回这个文件")


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at a passphrase costs: memory in KiB, passes over it, lanes in parallel."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Seal:
    """A database key encrypted with AES-256-GCM. `cost` says how a passphrase became the sealing key."""

    salt: bytes
    nonce: bytes
    box: bytes
    cost: Argon2Cost | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What lies beside the database. Nothing in it opens anything by itself.

    Attributes:
        database: UUID under which the system's key ring keeps the key.
        recovery: The key under the recovery code. passphrase: Under a passphrase, where there is one.
    """

    database: str
    recovery: Seal | None = field(default=None, repr=False)
    passphrase: Seal | None = field(default=None, repr=False)


def new_key_file() -> KeyFile:
    return KeyFile(str(uuid4()))


def seal(key: bytes, sealing_key: bytes, salt: bytes, purpose: str, cost: Argon2Cost | None = None) -> Seal:
    """Encrypts a database key. `purpose` is bound in: a seal for one is refused for another."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    # Not at the top: a start with a key ring needs none of it.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return Seal(salt, nonce, AESGCM(sealing_key).encrypt(nonce, key, purpose.encode()), cost)


def unseal(sealed: Seal, sealing_key: bytes, purpose: str) -> bytes | None:
    """The database key, or None if this is not the sealing key."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(sealing_key).decrypt(sealed.nonce, sealed.box, purpose.encode())
    except InvalidTag:
        return None


def write_key_file(path: Path, keys: KeyFile) -> None:
    """Raises:
    KnownError: The disk does not take it; the old file is still there.
    """
    content = {
        "format": FORMAT,
        "database": keys.database,
        "recovery": _seal_to_plain(keys.recovery),
        "passphrase": _seal_to_plain(keys.passphrase),
    }
    write_whole(path, canonical_json(content).encode())


def read_key_file(path: Path) -> KeyFile | None:
    """None where there is no such file.

    Raises:
        KeyFileError: It is there and is not what `write_key_file` writes.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise KeyFileError(path)
        return KeyFile(
            str(UUID(content["database"])),
            _seal_from_plain(content["recovery"]),
            _seal_from_plain(content["passphrase"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KeyFileError(path) from error


def _seal_to_plain(sealed: Seal | None) -> dict[str, Any] | None:
    if sealed is None:
        return None
    return {
        "salt": b64encode(sealed.salt).decode(),
        "nonce": b64encode(sealed.nonce).decode(),
        "box": b64encode(sealed.box).decode(),
        "cost": None if sealed.cost is None else asdict(sealed.cost),
    }


def _seal_from_plain(plain: dict[str, Any] | None) -> Seal | None:
    if plain is None:
        return None
    return Seal(
        b64decode(plain["salt"], validate=True),
        b64decode(plain["nonce"], validate=True),
        b64decode(plain["box"], validate=True),
        None if plain["cost"] is None else Argon2Cost(**plain["cost"]),
    )
