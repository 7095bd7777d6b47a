"""The headings that questions and hints may name as their source, and the test for borrowed wording."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
RUN = 8  # so many words in a row are a copy; fewer are the language of the trade

DOMAIN_HEADINGS = frozenset(
    {
        "The Strategic Value of Purchasing Negotiation",
        "Foundations of Effective Purchase Negotiation",
        "The Role of Research and Market Intelligence",
        "Defining Objectives and Identifying Priorities",
        "The Importance of Questioning and Information Gathering",
        "Building a Negotiation Framework",
        "Aligning Stakeholders Before Negotiation",
        "Understanding Supplier Motivations",
        "Psychological and Emotional Preparation",
        "Developing the Traits of a Strong Purchasing Negotiator",
        "Emotional Intelligence and Patience",
        "Active Listening and Communication Skills",
        "Confidence and Assertiveness",
        "Creativity and Flexibility",
        "Curiosity and Willingness to Learn",
        "Integrity and Ethical Conduct",
        "Adaptability to Cross-Cultural Dynamics",
        "Strategic Thinking and Long-Term Perspective",
        "Negotiating with Confidence in a Digital Environment",
        "Building Personal Credibility",
        "Practical Techniques and Strategies for Effective Purchasing Negotiation",
        "Anchoring Your Negotiation Position with a Strong Opening",
        "Framing the Discussion Around Value, Not Just Price",
        "Understanding and Utilizing BATNA",
        "Making Concessions Strategically",
        "Leveraging Silence and Timing",
        "Asking High-Impact Questions",
        "Managing Deadlocks and Disagreements",
        "Using Data and Documentation to Support Your Position",
        "Building Negotiation Playbooks and Templates",
        "Closing the Deal with Clarity and Commitment",
        "Evaluating the Outcome of the Negotiation",
        "Transitioning from Agreement to Execution",
        "Monitoring Supplier Performance",
        "Enforcing Contractual Terms and Managing Compliance",
        "Managing Contract Amendments and Change Requests",
        "Building Long-Term Supplier Relationships",
        "Fostering Innovation and Continuous Improvement",
        "Leveraging Technology to Support Negotiation and Supplier Management",
        "Renewing, Re-Negotiating, and Reassessing Suppliers",
        "Training Teams on Ongoing Negotiation and Relationship Skills",
        "Creating a Culture of Accountability and Collaboration",
    }
)
FORMULA_HEADINGS = frozenset({"Scoring", "Concessions", "Money", "Dates", "What research says"})


def is_source(source: str) -> bool:
    """Whether a source names a heading that exists."""
    if source.startswith("formulas.md: "):
        return source.removeprefix("formulas.md: ") in FORMULA_HEADINGS
    return source in DOMAIN_HEADINGS


def shared_text(name: str) -> str:
    """A text that lies beside the project, or a visible skip where it does not."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside this project")
    return path.read_text(encoding="utf-8")


def borrowed(sentences: list[str], source: str) -> list[str]:
    """The runs of RUN words that a sentence shares with the source, whatever case and punctuation."""
    words = _words(source)
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    found: list[str] = []
    for sentence in sentences:
        mine = _words(sentence)
        found += [run for i in range(len(mine) - RUN + 1) if (run := " ".join(mine[i : i + RUN])) in runs]
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
