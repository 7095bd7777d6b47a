"""The words of what is not there yet. Said here too, so that starting Prep reads no help; a test holds both together."""

from __future__ import annotations

LATER = (
    "align", "event", "benchmark", "playbook", "practice", "practise", "packages", "stuck", "deadlock", "close",
    "debrief", "lessons", "lesson", "contract import", "import", "contract amend", "amend", "score", "scorecard",
    "actions", "action", "export", "forget",
)  # fmt: skip
