"""The two scripts by which a company prepares: Prep's own, or what the company made of them. Read once when Prep starts and
handed down from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.prep.question import Question, Script


@dataclass(frozen=True, slots=True)
class Scripts:
    """`changed` are the scripts that a company changed, by name; the others are Prep's own, read when they are needed."""

    changed: Mapping[str, Script] = field(default_factory=dict)

    def of(self, name: str) -> Script:
        """The script `quick` or `full`."""
        from handlers.prep.loading import builtin  # what asks nothing reads no questions

        return self.changed.get(name) or builtin(name)

    @property
    def quick(self) -> Script:
        """The short script."""
        return self.of("quick")

    @property
    def full(self) -> Script:
        """The long script."""
        return self.of("full")

    def find(self, key: str) -> Question | None:
        """The question with this key. One of Prep's own stays known when a company asks it no more: its answers count."""
        from handlers.prep.loading import builtin

        for script in (self.full, self.quick, builtin("full"), builtin("quick")):
            question = script.by_key.get(key)
            if question is not None:
                return question
        return None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that may be named: of both scripts as the company asks them, and of Prep's own."""
        from handlers.prep.loading import builtin

        scripts = (self.full, self.quick, builtin("full"), builtin("quick"))
        return tuple(dict.fromkeys(key for script in scripts for key in script.by_key))

    def asks(self, key: str) -> bool:
        """Whether either script still has a question with this key."""
        return key in self.full.by_key or key in self.quick.by_key
