from __future__ import annotations

from packaging.requirements import Requirement

from tools.lock import Pin, differing, read_lock, stray, unmet, unsafe

HASH = "--hash=sha256:" + "0123456789abcdef" * 4
LOCK = f"""\
httpx==0.28.1 \\
    {HASH} \\
    {HASH}
    # via
    #   prepbot (pyproject.toml)
    #   other
Typing_Extensions==4.15.0 ; python_full_version < '3.13' \\
    {HASH}
    # via httpx
"""


def test_pins_are_read_with_their_hashes_and_who_asked() -> None:
    assert read_lock(LOCK) == {
        "httpx": [Pin("httpx", "0.28.1", 2, direct=True)],
        "typing-extensions": [Pin("typing-extensions", "4.15.0", 1, direct=False)],
    }


def test_a_lock_that_fits_is_fine() -> None:
    wanted = [Requirement("httpx>=0.28,<1")]
    assert (
        unmet(wanted, read_lock(LOCK)) + stray(wanted, read_lock(LOCK)) + unsafe(LOCK, read_lock(LOCK)) == []
    )


def test_what_is_asked_for_must_be_there_in_a_version_that_is_allowed() -> None:
    wanted = [Requirement("httpx>=0.29"), Requirement("rich")]
    assert unmet(wanted, read_lock(LOCK)) == [
        "httpx==0.28.1 is locked, httpx>=0.29 is asked for",
        "rich is not locked",
    ]


def test_what_is_no_longer_asked_for_must_go() -> None:
    assert stray([], read_lock(LOCK)) == ["httpx is locked for pyproject.toml, which does not ask for it"]


def test_every_pin_has_a_hash_and_no_line_names_a_host() -> None:
    text = "--index-url https://example.org/simple\nrich==15.0\n"
    assert unsafe(text, read_lock(text)) == [
        "rich==15.0 has no hash",
        "names a host: --index-url https://example.org/simple",
    ]


def test_tests_run_on_the_versions_that_people_run() -> None:
    run = read_lock(f"rich==15.0 {HASH}\n")
    assert differing(run, run) == []
    assert differing(run, read_lock(f"rich==15.1 {HASH}\n")) == ["rich differs between run.txt and dev.txt"]
