"""Keep out of tracked files what has no business there: `python -m tools.words`.

Each pattern is spelt so that it does not match itself.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

UNWANTED = {
    "a path of one machine": r"(?<![\w./~-])/(?:w[o]rk|r[o]ot|t[m]p/prep|home/[a-z]\w*|[U]sers/[A-Za-z]\w*)/",
    "a host of a package registry": r"\bpypi\.[o]rg\b|\bpythonh[o]sted\.org\b|\bnpmjs\.(?:[o]rg|c[o]m)\b",
    "a note to finish later": r"\b(?:T[O]DO|FI[X]ME|X[X]X|H[A]CK)\b",
    "a remark on how it was written": (
        r"(?i)\bsub-?ag[e]nts?\b|\bas an a[i] (?:model|assistant)\b"
        r"|\ba[i][- ](?:generated|written|assisted)\b"
        r"|\bh[e]lper sessions?\b|\b(?:previous|earlier|parallel) (?:ag[e]nt|w[o]rk(?:ing)? session)s?\b"
    ),
    "a conflict left over": r"^(?:<{7}|>{7}) ",
}

# (path, what) -> why it may be there
ALLOWED: dict[tuple[str, str], str] = {}

PATTERNS = {what: re.compile(pattern) for what, pattern in UNWANTED.items()}


def unwanted(path: str, text: str) -> list[str]:
    """One line `path:number: what: the text` for each find in `text`."""
    return [
        f"{path}:{number}: {what}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in PATTERNS.items()
        if (path, what) not in ALLOWED and pattern.search(line)
    ]


def tracked() -> list[str]:
    """The files that git keeps or is about to, relative to the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return sorted(name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def main() -> int:
    """Look through every tracked text file; what is not UTF-8 (pictures, archives) is passed over."""
    wrong: list[str] = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += unwanted(name, text)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
