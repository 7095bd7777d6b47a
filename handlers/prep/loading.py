"""Reads a script from YAML, and knows the two that come with Prep."""

from __future__ import annotations

from functools import lru_cache

from handlers.datafile import packaged, parse
from handlers.errors import Unknown
from handlers.prep.question import Script, Section
from handlers.prep.schema import checked, section_of


def load_script(text: str, file: str = "script") -> Script:
    """The script in a YAML text. What does not fit is a Misread with file, line, section and key."""
    root = parse(text, file)
    root.only("name", "sections")
    taken: set[str] = set()
    sections: dict[str, Section] = {}
    for block in root.blocks("sections"):
        section = section_of(block, taken)
        if section.key in sections:
            raise block.error("this section is there already")
        sections[section.key] = section
    return checked(Script(root.text("name"), tuple(sections.values())), file)


@lru_cache(maxsize=2)
def builtin(name: str) -> Script:
    """The script `quick` or `full` that comes with Prep; read once, when it is first needed."""
    if name not in ("quick", "full"):
        raise Unknown("There are two preparations: quick and full.", example="new Acme: housings, quick")
    return load_script(packaged("handlers.prep", f"{name}.yaml"), f"{name}.yaml")
