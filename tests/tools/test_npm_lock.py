from __future__ import annotations

from typing import Any

from tools.npm_lock import wrong_in

HASH = "sha512-" + "0123456789+/abcdefABCD" * 3 + "01234567890123456789" + "=="
PACKAGE = {"dependencies": {"@scope/client": "0.2.28", "driver": "1.65.1"}}


def _lock(**driver: str) -> dict[str, Any]:
    return {
        "packages": {
            "": {"dependencies": PACKAGE["dependencies"]},
            "node_modules/@scope/client": {"version": "0.2.28", "integrity": HASH},
            "node_modules/driver": {"version": "1.65.1", "integrity": HASH, **driver},
        }
    }


def test_a_lock_that_fits_is_fine() -> None:
    assert wrong_in(PACKAGE, _lock()) == []


def test_what_is_asked_for_must_be_locked_at_that_very_version() -> None:
    lock = _lock()
    lock["packages"]["node_modules/driver"]["version"] = "1.65.0"
    del lock["packages"]["node_modules/@scope/client"]
    assert wrong_in(PACKAGE, lock) == [
        "@scope/client is not locked",
        "driver 1.65.0 is locked, 1.65.1 is asked for",
    ]


def test_a_range_and_a_lock_for_something_else_are_refused() -> None:
    assert wrong_in({"dependencies": {"driver": "^1.65.1"}}, _lock()) == [
        "driver is asked for as ^1.65.1, which is no exact version",
        "package-lock.json was written for another package.json",
    ]


def test_every_package_has_a_hash_also_one_within_another() -> None:
    lock = _lock()
    lock["packages"]["node_modules/driver/node_modules/part"] = {"version": "1.0.0", "integrity": "sha1-x"}
    assert wrong_in(PACKAGE, lock) == ["part has no hash"]


def test_no_package_has_an_address() -> None:
    address = "https://example.org/driver-1.65.1.tgz"
    assert wrong_in(PACKAGE, _lock(resolved=address)) == ["driver has an address"]
    assert "driver has an address" in wrong_in(PACKAGE, _lock(version=address))
