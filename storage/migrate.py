"""Bringing a database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from storage.database import make_engine

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
    """Bring the database at `url` to the newest schema. Several processes may do so at once: one does, the others wait."""
    engine = make_engine(url)
    try:
        if not is_at_head(engine):
            upgrade(engine)
    finally:
        engine.dispose()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations up to `to`."""
    from alembic import command

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(alembic_config(connection), to)


def state(url: str) -> str:
    """The version of the schema at `url`, empty where there are no tables yet. Makes nothing. Raises what a driver raises."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).expanduser().exists():
        return ""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return str(_version(connection)) if _has_version(connection) else ""
    finally:
        engine.dispose()
