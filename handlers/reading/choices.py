"""Yes, no, and not knowing."""

from __future__ import annotations

from handlers.errors import Misread
from handlers.reading.plain import excerpt, plain

_LONGEST = 400
_YES_WORDS = (
    "y yes yep yeah yup sure ok okay true on 1 ja oui si correct right agreed done 👍 ✅ ✔ definitely"
)
_NO_WORDS = "n no nope nah false off 0 nein non not never 👎 ❌ cancel"
_YES = frozenset(_YES_WORDS.split()) | {"yes please", "of course", "go ahead", "do it", "yes do it"}
_NO = frozenset(_NO_WORDS.split()) | {
    "no thanks",
    "no thank you",
    "not yet",
    "not now",
    "do not",
    "don't",
    "rather not",
}
_DONT_KNOW = frozenset(
    {
        "don't know", "dont know", "do not know", "i don't know", "i dont know", "i do not know",
        "we don't know", "we dont know", "we do not know", "don't know yet", "dont know yet", "not known",
        "dunno", "i dunno", "no idea", "no clue", "idk", "unknown", "not known yet", "unclear", "not sure",
        "i'm not sure", "im not sure", "i am not sure", "unsure", "n/a", "na", "n.a", "tbd", "tbc", "tba",
        "to be defined", "to be determined", "to be confirmed", "can't say", "cant say", "cannot say",
        "don't know that", "weiß nicht", "keine ahnung", "🤷", "🤷♂", "🤷♀",
    }
)  # fmt: skip


def _bare(text: str) -> str:
    kept = plain(text).replace("\ufe0f", "").replace("\u200d", "").casefold()
    return " ".join(kept.replace(",", " ").split()).strip(" .!\"'")


def read_yes_no(text: str) -> bool:
    """True for yes, False for no. Raises Misread for anything else."""
    bare = _bare(text) if len(text) <= _LONGEST else ""
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise Misread(
        f"I read {excerpt(plain(text))}, and cannot tell whether it is a yes or a no.", example="yes"
    )


def is_dont_know(text: str) -> bool:
    """Whether the person says that they do not know: `don't know`, `?`, `n/a`, ... An empty text does not."""
    if len(text) > _LONGEST or not text.strip():
        return False
    marks = _bare(text).strip("?")
    return marks in _DONT_KNOW or (not marks and "?" in text)
