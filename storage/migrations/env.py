"""What alembic runs: upgrades over the connection that `storage.migrate` hands over."""

from typing import Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import storage.tables  # noqa: F401  # fills the metadata
from storage.types import Exact, Moment


def _render(kind: str, obj: object, _autogen: object) -> str | Literal[False]:
    if kind == "type" and isinstance(obj, (Exact, Moment)):
        return f"types.{type(obj).__name__}()"
    if kind == "type" and isinstance(obj, AutoString):
        return "sa.String()"
    return False


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
