"""Ordinary questions, and the commands they come to. Patterns, no guessing: what fits none is not answered."""

from __future__ import annotations

import re
from functools import cache

_PLAN = r"(?:\s+(?:for|with|on|about|at|to|from|of|in)\s+(?:the\s+)?(?P<plan>.+?))?"
_LOOSE = r"(?:\s+(?:(?:for|with|on|about|at|to|from|of|in)\s+)?(?:the\s+)?(?P<plan>.+?))?"
_END = r"\s*(?:so far|now|today|right now|please|again)?\s*[?.!]*$"
_WHAT = (
    r"(?:what(?:'?s| is| was| are| were)?|show(?: me)?|tell me|give me|list|which are|remind me of)"
    r"\s+(?:our|my|the|your)?\s*"
)

_NAMED = r"\s+(?:the\s+)?(?P<plan>.+?)(?:'s)?"
_LAST = r"(?:\s+(?:last|latest|first|before|earlier|this time|yesterday|already))*"
_OFFER = r"(?:(?:last|latest|current|standing|newest|best)\s+)?(?:offer|bid|quote|position|proposal)"
_THEIRS = r"(?:their|the supplier'?s?|the other side'?s?)\s+"
_NO_DEAL = r"if (?:it|this|the deal|they) (?:fails?|falls? through|say no)"
_OFFERED = (
    r"(?:offer|offered|offering|quote|quoted|bid|propose|proposed|ask|asked|asking|want)(?: (?:us|for))?"
)
_MEET = r"(?:talk|speak|negotiate|meet|sit down|see|start)"
_TALKS = r"(?:talks?|negotiations?|meetings?|sessions?|calls?)"
_OVER = r"(?:ends?|ending|expires?|expiring|runs? out|renews?|is over|up(?: for renewal)?|lapse|due)"
_SPAN = r"(?P<plan>(?:this|next|the next|in the next|within|until|till|before|by|in)\s+.+?)"

_QUESTIONS: tuple[tuple[str, str], ...] = (
    # our limits
    (
        _WHAT
        + r"(?:batna|best alternative|alternatives?|plan b|fallback|walk[- ]?away(?: (?:price|point))?)"
        + _LOOSE,
        "batna",
    ),
    (
        _WHAT
        + r"(?:limit|stop(?: price)?|mandate|ceiling|bottom line|reservation price|maximum|max(?: price)?)"
        + _PLAN,
        "batna",
    ),
    (r"how (?:good|strong|weak) is (?:our|my|the) (?:batna|alternative)" + _PLAN, "batna"),
    (r"how (?:high|low|far) (?:can|may|could|should) (?:we|i) go" + _PLAN, "batna"),
    (
        r"(?:what is|what's) the (?:most|highest|maximum) (?:that )?(?:we|i) (?:can|may|could) pay" + _PLAN,
        "batna",
    ),
    (
        r"what (?:do|can|would) we do (?:without (?:the|this|a) deal|" + _NO_DEAL + ")" + _PLAN,
        "batna",
    ),
    # what was offered and moved
    (
        r"what (?:did|have|do|are|were) (?:they|the supplier) " + _OFFERED + _LAST + _PLAN,
        "offer {plan}",
    ),
    (
        r"what (?:did|have|do|are|were) (?:we|i) (?:offer|offered|offering|bid|propose|proposed)(?: them)?"
        + _LAST
        + _LOOSE,
        "offer {plan} ours",
    ),
    (
        r"what (?:did|has|have|does)" + _NAMED + r" " + _OFFERED + _LAST,
        "offer {plan}",
    ),
    (r"(?:what(?:'?s| is| was)?|show(?: me)?)\s+" + _THEIRS + _OFFER + _PLAN, "offer {plan}"),
    (r"(?:what(?:'?s| is| was)?|show(?: me)?)\s+(?:our|my)\s+" + _OFFER + _PLAN, "offer {plan} ours"),
    (r"(?:what(?:'?s| is| was)?|show(?: me)?)\s+the\s+" + _OFFER + _PLAN, "offer {plan}"),
    (_WHAT + r"offers" + _PLAN, "offers"),
    (r"(?:(?:show|what are)(?: me)? )?(?:my|our|the) settings", "settings"),
    (
        r"what (?:did|have|do) (?:we|i|they) (?:give|given|gave|concede|conceded)(?:\s+(?:them|us|away))?(?:\s+(?:up|back))?"
        + _LOOSE,
        "log",
    ),
    (r"what (?:did|have) (?:we|i) (?:get|got|gotten|win|won)(?:\s+back)?" + _PLAN, "log"),
    (_WHAT + r"(?:concessions?|concession log|log|moves)" + _PLAN, "log"),
    (r"who (?:moved|gave)(?:\s+what)?" + _PLAN, "log"),
    (
        r"how (?:did|has|have) (?:the |our |their |both )?(?:prices?|sides|offers?) (?:moved?|changed?|developed?)"
        + _PLAN,
        "chart",
    ),
    (
        _WHAT + r"(?:chart|graph|curve|(?:price )?movements?)(?: of the price| of both sides)?" + _PLAN,
        "chart",
    ),
    # the plan
    (
        _WHAT
        + r"(?:terms?|(?:target|opening|stop|goal)s?(?: (?:prices?|offers?|values?))?|anchor|aspirations?)"
        + _PLAN,
        "terms",
    ),
    (r"what (?:do|are|should) we (?:want|ask|asking|aim|aiming|open|after)(?: for| with)?" + _PLAN, "terms"),
    (_WHAT + r"(?:questions?)(?: to ask)?" + _PLAN, "questions"),
    (r"what (?:should|do|can|must) (?:we|i) ask(?: them)?" + _LOOSE, "questions"),
    (_WHAT + r"(?:objections?)" + _PLAN, "objections"),
    (_WHAT + r"(?:stakeholders?)" + _PLAN, "stakeholders"),
    (
        r"who (?:is|are|'?s) (?:the )?(?:stakeholders?|involved|behind|signing(?: off)?)" + _PLAN,
        "stakeholders",
    ),
    (
        r"who (?:has to|must|needs to|should|may|can) (?:sign(?: off)?|approve|agree|decide)(?: on)?" + _PLAN,
        "stakeholders",
    ),
    (r"who (?:has to|must|needs to|should|may|can) (?:sign(?: off)?|approve)" + _NAMED, "stakeholders"),
    (_WHAT + r"(?:open points?|still open|open)" + _PLAN, "open"),
    (_WHAT + r"(?:plan|brief|preparation|summary|situation|status)" + _PLAN, "show"),
    (r"what (?:do|did) (?:we|i) (?:know|have)" + _PLAN, "show"),
    (r"(?:where|how) (?:do|are) we (?:stand|doing|standing)" + _PLAN, "show"),
    (r"(?:how is it going|what about|tell me(?: everything| more)? about|how about)" + _PLAN, "show"),
    (r"(?:what about|how about|tell me(?: everything| more)? about)" + _NAMED, "show"),
    (r"how is" + _NAMED + r" (?:going|doing|coming along)", "show"),
    # ready, when, who
    (r"(?:are we|am i) (?:ready|prepared)" + _PLAN, "ready"),
    (r"how (?:ready|prepared|well prepared) (?:are we|am i)" + _PLAN, "ready"),
    (r"how (?:ready|prepared) is" + _NAMED, "ready"),
    (r"is" + _NAMED + r" (?:ready|prepared|complete|done)(?: yet)?", "ready"),
    (r"(?:what is|what's|whats) (?:still )?(?:missing|left(?: to do)?|not ready)" + _PLAN, "ready"),
    (
        r"when (?:do|are|will|should|must) (?:we|i) (?:next )?(?:going to )?"
        + _MEET
        + r"(?:ing)?(?: (?:to|with|about))?"
        + _NAMED,
        "dates",
    ),
    (
        r"when (?:do|are|will|should|must) (?:we|i) (?:next )?(?:going to )?"
        + _MEET
        + r"(?:ing)?(?: (?:to|with))? ?(?:them)?",
        "dates",
    ),
    (
        r"when (?:is|are|do|does|will) (?:the |our |my )?(?:next )?"
        + _TALKS
        + r"(?: (?:start|begin|take place))?"
        + _PLAN,
        "dates",
    ),
    (
        r"when (?:is|are|do|does|will) (?:the |our |my )?(?:next )?(?P<plan>.+?)(?:'s)? "
        + _TALKS
        + r"(?: (?:start|begin|take place))?",
        "dates",
    ),
    (_WHAT + r"(?:next )?dates?" + _PLAN, "dates"),
    (r"who has access" + _PLAN, "readers"),
    (r"who (?:owns|leads|runs|looks after)" + _NAMED, "readers"),
    (r"who(?: is|'?s) (?:the )?(?:owner|buyer|lead|in charge|responsible)" + _PLAN, "readers"),
    (r"whose (?:plan |deal )?is" + _NAMED, "readers"),
    (
        r"who (?:can|may|could|is allowed to|has the right to|else can) (?:see|read|edit|change|access|open)"
        + _NAMED,
        "readers",
    ),
    (r"who (?:sees|reads|edits|knows(?: about)?)" + _NAMED, "readers"),
    (
        r"who(?:m)? (?:is|did (?:we|i)|have (?:we|i)) (?:share|shared)?" + _NAMED + r" (?:shared )?with",
        "readers",
    ),
    (
        (
            r"(?:(?:which|what) plans (?:do|have) (?:we|i)(?: have| got)?"
            r"|(?:show|list)(?: me)? (?:all )?(?:my |our |the )?plans|what (?:am i|are we) working on)"
        ),
        "plans",
    ),
    # contracts
    (
        (
            r"(?:(?:which|what) contracts (?:do|have) (?:we|i)(?: have| got)?"
            r"|(?:show|list)(?: me)? (?:all )?(?:my |our |the )?contracts)"
        ),
        "contract list",
    ),
    (
        r"when (?:do|must|should|can) (?:we|i) (?:have to |need to )?"
        r"(?:send|give|cancel|terminate)(?: the)?(?: notice)? (?:to|for|with|on|of)" + _NAMED,
        "contract show",
    ),
    (
        r"when (?:(?:does|do|will|is|are) )?(?:the |our |my )?contracts? (?:with|for|of)"
        + _NAMED
        + r"(?: contract)? (?:going to )?"
        + _OVER,
        "contract show",
    ),
    (
        r"when (?:(?:does|do|will|is|are) )?(?:our |my )?(?:the )?(?P<plan>.+?)(?:'s)?(?: contract| agreement)? (?:going to )?"
        + _OVER,
        "contract show",
    ),
    (
        (
            r"how long (?:does|do|will|is) (?:our |my )?(?:the )?(?P<plan>.+?)(?:'s)?"
            r"(?: contract| agreement)? (?:run|last|still run|valid)"
        ),
        "contract show",
    ),
    (
        _WHAT + r"(?:notice (?:date|period|deadline)|contract(?: end)?|end date|renewal date)" + _PLAN,
        "contract show",
    ),
    (
        r"(?:what|which)(?: contracts?)?"
        r"(?: (?:is|are|'?s))? ?(?:coming up|due|ending|expiring|renewing)(?: next| soon| now)?(?:\s+"
        + _SPAN
        + r")?",
        "renewals",
    ),
    (
        r"(?:what|which)(?: contracts?)? (?:renews?|comes? (?:due|up)|expires?|ends?)(?: next| soon)?(?:\s+"
        + _SPAN
        + r")?",
        "renewals",
    ),
    (_WHAT + r"(?:next )?(?:renewals?|deadlines?|notice dates?)(?:\s+" + _SPAN + r")?", "renewals"),
    (r"when (?:do|must|should) we (?:send|give) notice.*", "renewals"),
    (_WHAT + r"(?:next )?(?:check[- ]?ins?)" + _PLAN, "checkin"),
    (r"when is (?:the |our )?(?:next )?check[- ]?in" + _PLAN, "checkin"),
    # Prep itself
    (
        (
            r"(?:what can (?:you|i|prep) do|how (?:do|does) (?:this|it|you|prep) work|who are you"
            r"|what do you know|what can i (?:say|type|ask))"
        ),
        "help",
    ),
    (r"(?:where (?:was|were) (?:i|we)|continue|go on|carry on)", "resume"),
    (
        r"(?:hi|hello|hey|good morning|good afternoon|hallo|thanks|thank you|cheers)(?: there| prep| again)?",
        "hub",
    ),
)
_POLITE = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|and|please|prep|quick question|sorry)[,.!:]?\s+)*"
    r"(?:(?:can|could|would|will) you (?:please |quickly )?|(?:do|does) (?:you|anyone|anybody) know (?=wh|how|when)"
    r"|i (?:need|want|would like|'d like) (?:to (?:see|know) )?)?"
    r"(?:please\s+)?(?:(?:tell|show) me (?=wh|how|when))?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(what|when|who|where|how)'?s\b", re.IGNORECASE)
_IS_LAST = re.compile(r"(what|who|when|where)\s+(.+?)\s+(is|are|was)(?=\W*$)", re.IGNORECASE)
_THAT_ONE = re.compile(
    r"(?:them|it|(?:this|that)(?: one)?|(?:this|the) supplier|here|there|so far|now|today|already|yet|again|please)"
    r"(?: (?:so far|now|today|already|yet|again|please))*",
    re.IGNORECASE,
)
"""What stands in the place of a name and names none."""
_CALLED = re.compile(r"(?:'s)?\s+(?:plan|negotiation|talks|deal|contract)$", re.IGNORECASE)
_LONGEST = 200


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compiled when something is said that is no command: that takes longer than most answers."""
    return tuple(
        (re.compile(r"^\s*" + pattern + _END, re.IGNORECASE), words) for pattern, words in _QUESTIONS
    )


def as_command(text: str) -> str | None:
    """The words of the command that a question comes to, or None. Politeness around a command is taken off."""
    if len(text) > _LONGEST:
        return None
    lead = _POLITE.match(text)
    asked = text[lead.end() :] if lead else text
    for said in (asked, f"show me {asked}") if asked != text else (asked,):
        found = _found(_IS_LAST.sub(r"\1 \3 \2", _SHORT.sub(r"\1 is", said)))
        if found is not None:
            return found
    return asked if asked != text else _found(text)


def _found(asked: str) -> str | None:
    for pattern, words in _compiled():
        found = pattern.match(asked)
        if found:
            plan = _CALLED.sub("", (found.groupdict().get("plan") or "").strip(" ?.!"))
            plan = "" if _THAT_ONE.fullmatch(plan) else plan
            return (words.format(plan=plan) if "{" in words else f"{words} {plan}").strip()
    return None
