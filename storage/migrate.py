"""Bringing a database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import Unusable, make_engine

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
_LOCK = 7_305_412  # any number, the same in every process: PostgreSQL's advisory lock for migrations


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the connection that it is to use."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_at_head(engine: Engine) -> bool:
    """Whether the schema is the newest one. Cheap: alembic is not imported."""
    with engine.connect() as connection:
        return _has_version(connection) and _version(connection) == HEAD


def _has_version(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return inspect(connection).has_table("alembic_version")
    named = text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    return connection.execute(named).first() is not None


def _version(connection: Connection) -> Any:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest schema. Several processes may do so at once: one does, the others wait.

    A SQLite file is made where there is none, for this user alone. Raises Unusable where the database cannot be used.
    """
    make_file(url)
    engine = make_engine(url)
    try:
        if not is_at_head(engine):
            upgrade(engine)
    except DBAPIError as error:
        raise Unusable(f"the database cannot be opened ({type(error.orig).__name__})") from None
    finally:
        engine.dispose()


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; None for other kinds, and for one in memory."""
    name = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else ""
    return None if name in {"", ":memory:"} else Path(name).expanduser()


def make_file(url: str) -> None:
    """Make the file of a SQLite database and its folder, if they are not there. Plans are nobody else's business, so
    only this user may read them; what is there already keeps the rights that somebody gave it."""
    path = file_of(url)
    if path is None or path.exists():
        return
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise Unusable(f"the file of the database cannot be made ({error.strerror})") from None


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations up to `to`."""
    from alembic import command
    from alembic.util import CommandError

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        try:
            command.upgrade(alembic_config(connection), to)
        except CommandError:
            raise Unusable(
                "the database has a schema that this Prep does not know: was it made by a newer one?"
            ) from None


def lags(url: str) -> bool:
    """Whether the schema at `url` is to be brought to the newest version. False where that cannot be found out now."""
    try:
        return state(url) != HEAD
    except (Unusable, DBAPIError):
        return False


def state(url: str) -> str:
    """The version of the schema at `url`, empty where there are no tables yet. Makes nothing. Raises what a driver raises,
    and Unusable."""
    path = file_of(url)
    if path is not None and not path.exists():
        return ""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return str(_version(connection)) if _has_version(connection) else ""
    finally:
        engine.dispose()
