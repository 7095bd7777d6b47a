"""A company's own question script, from the file that PREP_PLAYBOOK names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.starting import Unfit
from handlers.errors import Misread
from handlers.prep.company import Scripts

if TYPE_CHECKING:
    from bot.config import Settings


def scripts_of(settings: Settings) -> Scripts:
    """The scripts as the company wants them; Prep's own without a file. Raises Unfit for a file that cannot be used."""
    if not settings.prep_playbook:
        return Scripts()
    from handlers.prep.override import company_scripts

    path = Path(settings.prep_playbook).expanduser()
    try:
        return company_scripts(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        wrong = f"{path.absolute()} cannot be read: {error.strerror}."
        raise _unfit(wrong, "PREP_PLAYBOOK=/etc/prep/questions.yaml") from None
    except UnicodeError:
        raise _unfit(f"{path.name} is not text in UTF-8. Save it as UTF-8.") from None
    except Misread as error:
        raise _unfit(f"{error.wrong}.", error.example) from None


def _unfit(wrong: str, example: str = "") -> Unfit:
    told = f"PREP_PLAYBOOK cannot be used: {wrong}"
    return Unfit(f"{told}\nFor example: {example}" if example else told)
