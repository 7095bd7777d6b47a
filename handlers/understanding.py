"""What words come to where a question may be open: a command, or an answer to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Route, Typed
from handlers.errors import Ambiguous
from handlers.reading.names import match, normal
from handlers.reading.plain import plain
from handlers.router import submitted
from handlers.turn import Press, Submission, Via

if TYPE_CHECKING:
    from handlers.prep.company import Scripts
    from handlers.router import Router
    from handlers.turn import Incoming
    from storage.tables import Conversation
    from storage.unit import Unit

_LONGEST_NAME = 80
_LONGEST_LINE = 200
_SHORTEST_SLIP = 3
_MOST_WORDS = 4
_WHICH = "Is that a command, or your answer?"
_MORE = re.compile(r"(?:^|\s+)(?:all|page \d{1,4})\s*$", re.IGNORECASE)


def forced(incoming: Incoming) -> bool:
    """Whether the words are a command whatever question is open."""
    return not incoming.place.direct or incoming.via in {Via.SLASH, Via.BUTTON}


def _offers(conversation: Conversation, text: str) -> bool:
    """Whether a line is one of the answers that the open question offers, though a command may be called the same."""
    return " ".join(text.split()).casefold() in conversation.state.get("choices", ())


class Understanding:
    """Finds the route of one turn, among the plans and the open question of the member who speaks."""

    def __init__(self, router: Router, incoming: Incoming, unit: Unit, scripts: Scripts) -> None:
        self._router = router
        self._incoming = incoming
        self._unit = unit
        self._scripts = scripts

    def route(self) -> Route:
        """What it comes to. Raises Unknown or Ambiguous."""
        act = self._incoming.act
        if isinstance(act, Submission):
            return submitted(self._router, act.words, act.values)
        if isinstance(act, Press):
            return self._router.find(act.words)
        text = plain(act.text)
        if not forced(self._incoming):
            conversation = self._unit.conversations.open_one()
            offered = conversation is not None and _offers(conversation, text)
            if conversation is not None and (offered or not self._is_whole_command(text)):
                if not offered:
                    self._ask_about_command(text)
                    self._ask_about_slip(text)
                return Route(rest=text, conversation=conversation)
        return self._by_words(text)

    def _by_words(self, text: str) -> Route:
        """A command; the bare name of one of the member's plans is shown."""
        if (
            self._router.exact(text) is None
            and len(text) < _LONGEST_NAME
            and self._unit.plans.named([normal(text)])
        ):
            return self._router.find(f"show {text}")
        return self._router.find(text)

    def _is_whole_command(self, text: str) -> bool:
        """Whether a line is a command although a question is open. What was pasted from a table is none."""
        if "\n" in text or "\t" in text:
            return False
        found = self._router.exact(text)
        if found is None:  # an ordinary question, if it names a plan: else it may as well be an answer
            asked = self._router.question(text)
            return asked is not None and bool(asked[1]) and self._is_plan(asked[1])
        command, rest = found
        if not text.strip():
            return False
        if not rest:
            return True
        if command.fits is not None and command.fits(self._typed(text, rest)):
            return True
        if command.navigates:
            return False
        if command.whole is not None and command.whole(rest):
            return True
        return self._is_plan(_MORE.sub("", rest))

    def _typed(self, text: str, rest: str) -> Typed:
        name = " ".join(text[: len(text.rstrip()) - len(rest)].casefold().split()).strip(" :,")
        return Typed(
            name, rest, lambda words: bool(words) and self._is_plan(words), self._is_contract, self._scripts
        )

    def _ask_about_command(self, text: str) -> None:
        """`give acme net 45` is hardly an answer: a command that takes figures, with one of the member's plans behind it.
        Raises Ambiguous, with the answer as one of the choices."""
        command, rest = self._router.exact(text) or (None, "")
        if command is None or command.navigates or not command.has_figures(rest) or len(text) > _LONGEST_LINE:
            return
        words = rest.replace(":", " ").split()[:_MOST_WORDS]
        if words and self._unit.plans.named(
            [normal(" ".join(words[: end + 1])) for end in range(len(words))]
        ):
            raise Ambiguous(_WHICH, [(text, text), ("It is my answer", f"answer {text}")])

    def _ask_about_slip(self, text: str) -> None:
        """A mistyped command is no answer to the open question. Raises Ambiguous, with the answer as one of the choices."""
        first, *_ = [*text.split(), ""]
        names, rest = self._router.slip(text) if len(first) > _SHORTEST_SLIP else ([], "")
        if rest and not (re.search(r"[\d:=@#]", rest) or self._is_plan(rest)):
            return  # a sentence
        meant = [f"{name} {rest}".strip() for name in names if self._is_whole_command(f"{name} {rest}")]
        if meant and len(text) < _LONGEST_NAME and self._router.exact(text) is None:
            options = [(words, words) for words in meant]
            raise Ambiguous(_WHICH, [*options, ("It is my answer", f"answer {text}")])

    def _is_contract(self, words: str) -> bool:
        """Whether words name a contract, looked for without a mark: what the member typed is no content yet."""
        unit = self._unit.seen_by(self._unit.seat)
        names = {row.id: [row.supplier, row.title, row.number] for row in unit.contracts.all()}
        return bool(words) and bool(
            match(words, {key: [*filter(None, one)] for key, one in names.items()}).several
        )

    def _is_plan(self, rest: str) -> bool:
        """Whether words after a command name a plan, or nothing is left of them; one mistyped letter is forgiven."""
        if not rest or len(rest) >= _LONGEST_NAME:
            return not rest
        return (
            bool(self._unit.plans.named([normal(rest)]))
            or match(rest, self._unit.plans.names()).one is not None
        )
