"""Words behind `set` that mean no answer of a plan: a setting of one's own or of the workspace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous
from handlers.figures import cut
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Container

    from handlers.command import Turn


def refuse_setting(turn: Turn, figures: Container[str]) -> None:
    """Raises Ambiguous for `set timezone Berlin`, with the button that sets it. `figures` are single facts of a plan."""
    from handlers.settings.keys import BY_WORD  # only where somebody sets something

    even = " ".join(re.split(r"[\s_-]+", turn.rest.strip())).casefold()
    names = sorted(BY_WORD, key=len, reverse=True)
    name = next((name for name in names if even == name or even.startswith(f"{name} ")), None)
    if name is None or name in figures or name in turn.scripts.keys or ":" in turn.rest:
        return
    words = f"settings {' '.join(turn.rest.split())}"
    raise Ambiguous(
        "That is a setting, and no answer of a plan. Nothing was changed.",
        [(cut(words, 40), words)],
        understood=f"I read {excerpt(turn.rest)}.",
        example=words if len(words) <= 60 else "settings timezone Europe/Berlin",
    )
