"""Where Prep was installed by OAuth, and by what."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLModel reads annotations at run time

from sqlalchemy import UniqueConstraint

from storage.tables.base import Row, moment, ref, whole


class Installation(Row, table=True):
    """One installation of Prep in a workspace, whose `external_id` is the platform's id of the team, or of the enterprise
    where it is installed for `everywhere` in that.

    `token` and `refresh` are ciphertext, empty where there is none (any more). `stamp` is another one after each change of
    the token. The token is to be renewed at `renew_at`; who does so says until when in `renewing_until`.
    """

    __tablename__ = "installation"
    __table_args__ = (UniqueConstraint("workspace_id"),)
    workspace_id: int = ref("workspace")
    enterprise: str = ""
    everywhere: bool = False
    name: str = ""
    app: str = ""
    bot_user: str = ""
    bot_id: str = ""
    scopes: str = ""
    token: str = ""
    refresh: str = ""
    expires_at: datetime | None = moment(optional=True)
    renew_at: datetime | None = moment(optional=True)
    renewing_until: datetime | None = moment(optional=True)
    stamp: int = whole()
    installer: str = ""
    installed_at: datetime = moment()
    uninstalled_at: datetime | None = moment(optional=True)


class InstallState(Row, table=True):
    """A state by which Prep was installed, as a digest, for as long as it would count otherwise. It belongs to no workspace:
    whoever shows it once more may come from another."""

    __tablename__ = "install_state"
    __table_args__ = (UniqueConstraint("state"),)
    state: str
    expires_at: datetime = moment(index=True)
