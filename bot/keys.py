"""PREP_SECRET_KEY: what must not stand in the database as it is, is kept under it.

Of several keys, separated by commas, the first encrypts and all of them decrypt: so a key is changed by putting the new one
in front of the old one.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

if TYPE_CHECKING:
    from pydantic import SecretStr

SHORT = 32  # characters: a key with fewer is told to be short
# Fixed, because nothing that could be lost must be needed beside the key; it only keeps tables made for others useless.
_SALT = b"prepbot/tokens/1"
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}  # 16 MB and 0.05 s for a guess


class WrongKey(Exception):
    """Something was encrypted under a key that is none of ours, or it was meant for something else."""


class Keys:
    """The keys. What is encrypted is bound to what it is `of`, so that nothing can be put in the place of something else."""

    def __init__(self, secret: str) -> None:
        given = [part.strip() for part in secret.split(",") if part.strip()]
        if not given:
            raise ValueError("a key is needed")
        self._first = Fernet(_derived(given[0]))
        self._all = MultiFernet([Fernet(_derived(one)) for one in given])

    def seal(self, text: str, of: str) -> str:
        """Ciphertext of a text; empty for an empty one."""
        return self._first.encrypt(f"{of}\0{text}".encode()).decode() if text else ""

    def open(self, sealed: str, of: str) -> str:
        """The text. Raises WrongKey."""
        return _text(self._all, sealed, of) if sealed else ""

    def is_first(self, sealed: str, of: str) -> bool:
        """Whether it was encrypted under the first key; what is empty was."""
        try:
            return not sealed or bool(_text(self._first, sealed, of))
        except WrongKey:
            return False


def keys_of(setting: SecretStr | None) -> Keys | None:
    """The keys that are set, or None."""
    secret = setting.get_secret_value() if setting is not None else ""
    return Keys(secret) if secret.strip(" ,") else None


def _text(key: Fernet | MultiFernet, sealed: str, of: str) -> str:
    try:
        there, _, text = key.decrypt(sealed.encode()).decode().partition("\0")
    except InvalidToken:
        raise WrongKey from None
    if there != of:
        raise WrongKey
    return text


@lru_cache(8)
def _derived(secret: str) -> bytes:
    """A Fernet key from whatever somebody has set, by scrypt (RFC 7914)."""
    return base64.urlsafe_b64encode(hashlib.scrypt(secret.encode(), salt=_SALT, **_COST))
