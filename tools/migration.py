"""Write the next migration from what the tables of the code declare: `python -m tools.migration "add a column"`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import make_engine
from storage.migrate import HEAD, alembic_config, migrate


def write(message: str) -> str:
    """Write the migration that leads from HEAD to the tables as they are now; the answer is its number."""
    number = f"{int(HEAD) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fresh.db'}"
        migrate(url)
        engine = make_engine(url)
        try:
            with engine.connect() as connection:
                command.revision(alembic_config(connection), message, autogenerate=True, rev_id=number)
        finally:
            engine.dispose()
    return number


def main(words: list[str]) -> int:
    """Write it, and say what is left to do by hand."""
    if not words:
        print('say what it does: make migration NAME="add a column"')
        return 2
    number = write(" ".join(words))
    print(
        f'Read storage/migrations/versions/{number}_*.py, set HEAD = "{number}" in storage/migrate.py, then: make check'
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
