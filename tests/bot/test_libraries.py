"""What libraries log tells nothing of what people typed."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from bot.libraries import Libraries

if TYPE_CHECKING:
    import pytest


def test_a_library_is_heard_without_its_words(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("prep.test.library")
    handler = Libraries(level=logging.WARNING)
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        try:
            raise KeyError("obsidian")
        except KeyError:
            logger.exception("Key (name)=(obsidian) already exists")
        logger.warning("slow answer about %s", "obsidian")
        logger.info("obsidian")
    finally:
        logger.removeHandler(handler)
        logger.propagate = True
    written = capfd.readouterr().err
    assert "obsidian" not in written
    first, second = map(json.loads, written.splitlines())
    assert (first["level"], first["kind"], first["library"]) == ("error", "KeyError", "prep.test.library")
    assert first["where"][0].startswith("test_libraries.py:")
    assert (second["level"], "kind" in second) == ("warning", False)
