"""The engine, its pragmas, and one transaction at a time."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal
from threading import local
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session

from storage.snapshots import Snapshots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import ExceptionContext

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-64000",
)


class Unusable(Exception):
    """A database that cannot be used: its text says why, in plain words and without the address, which may hold a password."""


def driver_url(url: str) -> str:
    """The SQLAlchemy URL for `DATABASE_URL`: `sqlite:///path`, `postgresql://...` (or `postgres://...`)."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{rest}"
    return url


def make_engine(url: str) -> Engine:
    """An engine with Prep's settings. Opens no connection. No error and no log of it tells the values of a statement.

    Raises Unusable for an address that is none, or of another kind of database.
    """
    try:
        parsed = make_url(driver_url(url))
    except ArgumentError:
        raise Unusable("DATABASE_URL is no address of a database") from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise Unusable("DATABASE_URL names a kind of database that Prep does not know")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=True,
            json_serializer=_dumps,
            hide_parameters=True,
        )
    engine = create_engine(
        parsed, json_serializer=_dumps, connect_args={"check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions start too late and end too early
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A write that begins as a read may find the database locked and is not waited for, so a writer says so at once.
    mode = "IMMEDIATE" if connection.get_execution_options().get("prep_writes", True) else "DEFERRED"
    # straight to the driver: the long way costs more than many a read
    connection.connection.driver_connection.execute(f"BEGIN {mode}")


def _dumps(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no place in plain data")


class Database:
    """One database. The caller owns the transactions: nothing here commits on its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.errors: Counter[str] = Counter()  # by kind: `connection`, `integrity`, `operational`, `other`
        event.listen(self.engine, "handle_error", self._count)
        self._reading = self.engine.execution_options(prep_writes=False)
        self._snapshots = Snapshots()
        self._kept = Kept()

    def _count(self, context: ExceptionContext) -> None:
        self.errors[_kind_of(context)] += 1

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, where short reads need no thread of their own."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Handle]:
        """A transaction that is committed at the end, or rolled back on any error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield Handle(self.engine, session)

    @contextmanager
    def reading(self) -> Iterator[Handle]:
        """A transaction that keeps nothing. It takes no lock on SQLite, and no connection until one is used."""
        handle = Handle(self._reading, snapshots=self._snapshots, kept=self._kept if self.is_sqlite else None)
        try:
            yield handle
        finally:
            handle.close()

    def answers(self) -> bool:
        """Whether the database can be asked something now."""
        try:
            with self.reading() as handle:
                handle.connection.exec_driver_sql("SELECT 1")
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        """Give back every connection."""
        self._kept.close()
        self.engine.dispose()


def _kind_of(context: ExceptionContext) -> str:
    if context.is_disconnect or context.connection is None:
        return "connection"
    if isinstance(context.sqlalchemy_exception, IntegrityError):
        return "integrity"
    return "operational" if isinstance(context.sqlalchemy_exception, OperationalError) else "other"


class Kept:
    """A connection for each thread that reads: taking one from the pool costs as much as a short read."""

    def __init__(self) -> None:
        self._here = local()
        self._all: WeakSet[Connection] = WeakSet()  # that of a thread which has ended goes back to the pool

    def connection(self, engine: Engine) -> Connection:
        """This thread's connection."""
        found: Connection | None = getattr(self._here, "connection", None)
        if found is None or found.closed:
            found = self._here.connection = engine.connect()
            self._all.add(found)
        return found

    def close(self) -> None:
        """Close them all; nobody reads any more."""
        for connection in list(self._all):
            connection.close()


class Handle:
    """One transaction: `connection` for prebuilt statements, `session` for SQLModel entities, over the same connection.

    `snapshots` are there only where nothing is written: what a transaction wrote may still be rolled back.
    """

    def __init__(
        self,
        engine: Engine,
        session: Session | None = None,
        snapshots: Snapshots | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._engine = engine
        self._kept = kept
        self.snapshots = snapshots
        self._session = session
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection, taken on first use."""
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> Connection:
        if self._session is not None:
            return self._session.connection()
        return self._kept.connection(self._engine) if self._kept else self._engine.connect()

    @property
    def session(self) -> Session:
        """The session, made on first use: many short reads need none."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False, autoflush=False)
        return self._session

    def rollback(self) -> None:
        """Keep nothing of what was done."""
        if self._session is not None:
            self._session.rollback()

    def close(self) -> None:
        """Give back what a reading transaction took."""
        if self._session is not None:
            self._session.close()
        if self._connection is None:
            return
        if self._kept:
            self._connection.rollback()
        else:
            self._connection.close()
