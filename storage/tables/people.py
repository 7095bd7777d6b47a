"""Workspaces, the people in them, and where they can be reached."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # SQLModel reads annotations at run time
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from storage.tables.base import Row, data, moment, ref, whole


class Workspace(Row, table=True):
    """One Slack team, Teams tenant, or the local workspace. `settings` holds only what somebody has set."""

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)
    platform: str
    external_id: str
    name: str = ""
    settings: dict[str, Any] = data(dict)
    created_at: datetime = moment()


class Member(Row, table=True):
    """A person in a workspace. `settings` are the person's own (zone, locale, ...)."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "external_id"),)
    workspace_id: int = ref("workspace")
    external_id: str
    name: str = ""
    settings: dict[str, Any] = data(dict)
    joined_at: datetime = moment()


class PlatformAddress(Row, table=True):
    """Where a channel or a member is reached: what a platform needs to post there without being asked.

    `reference` is the platform's own (a Teams conversation reference); `facts` what is known of a local channel.
    """

    __tablename__ = "platform_address"
    __table_args__ = (UniqueConstraint("workspace_id", "external_id", "direct"),)
    workspace_id: int = ref("workspace")
    external_id: str
    direct: bool
    name: str = ""
    reference: dict[str, Any] = data(dict)
    facts: dict[str, Any] = data(dict)
    seen_at: datetime = moment()


class AuditEvent(Row, table=True):
    """Who did what to what, and when; never what it said."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_subject", "workspace_id", "subject", "subject_id"),)
    workspace_id: int = ref("workspace")
    member_id: int | None = ref("member", optional=True)
    action: str
    subject: str
    subject_id: int = whole()
    at: datetime = moment()
