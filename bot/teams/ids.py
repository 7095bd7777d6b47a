"""What ids of Microsoft's look like. Pure."""

from __future__ import annotations

import re

_DIRECTORY_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_directory_id(text: str) -> bool:
    """Whether it has the form of the ids that Microsoft's directory gives people, apps and tenants."""
    return _DIRECTORY_ID.fullmatch(text) is not None


def is_person_id(text: str) -> bool:
    """Whether it is an id of a person, of Teams or of the directory, and not a name."""
    return text.startswith("29:") or is_directory_id(text)
