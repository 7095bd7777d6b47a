"""The errors a person may see. Each text is fit to be shown as it stands.

PrepError
├── Expected            shown as it is; nothing was changed
│   ├── Misread         what was typed cannot be read as what was asked for
│   ├── Unknown         a name that fits nothing the member may see
│   ├── Ambiguous       several things fit; the member chooses
│   ├── Refused         understood, but not allowed to this member or not here
│   └── NotYet          understood, and not built yet
└── (anything else)     unexpected: the person gets a reference, the log the rest
"""

from __future__ import annotations


class PrepError(Exception):
    """Base of all errors of Prep."""


class Expected(PrepError):
    """Something to tell the person: what was understood, what is wrong, one example that works.

    The parts are plain text as the person would read it; `example` is a line that can be typed as it is.
    `understood` may be empty where there was nothing to understand.
    """

    def __init__(self, wrong: str, *, understood: str = "", example: str = "") -> None:
        super().__init__(type(self).__name__)  # the text may be confidential, so it stays out of tracebacks
        self.wrong = wrong
        self.understood = understood
        self.example = example

    @property
    def lines(self) -> list[str]:
        """The error as lines of text, in the order in which they are shown."""
        lines = [self.understood] if self.understood else []
        lines.append(self.wrong)
        if self.example:
            lines.append(f"For example: {self.example}")
        return lines

    def __str__(self) -> str:
        return type(self).__name__


class Misread(Expected):
    """What was typed cannot be read as what was asked for."""


class Unknown(Expected):
    """A name that fits nothing the member may see."""


class Ambiguous(Expected):
    """Several things fit. `options` are (label, words that say it without doubt)."""

    def __init__(
        self, wrong: str, options: list[tuple[str, str]], *, understood: str = "", example: str = ""
    ) -> None:
        super().__init__(wrong, understood=understood, example=example)
        self.options = options


class Refused(Expected):
    """Understood, but not allowed to this member, or not in this place."""


class NotYet(Expected):
    """Understood, and not built yet."""
