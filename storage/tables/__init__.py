"""The SQLModel tables, one module for each part of the house."""

from storage.tables.base import Row
from storage.tables.deals import Cadence, CheckIn, Contract, ContractRecord, OwnReminder
from storage.tables.installations import Installation, InstallState
from storage.tables.people import AuditEvent, Member, PlatformAddress, Workspace
from storage.tables.plans import (
    Alternative,
    Answer,
    Concession,
    Event,
    ListItem,
    Mandate,
    Offer,
    Plan,
    PlanAccess,
    PlanChannel,
    PlanName,
    Stakeholder,
    Supplier,
    SupplierAlias,
    Term,
    Trade,
)
from storage.tables.running import Conversation, Focus, Handled, LocalMessage, OwedAnew, PlanChange, Reminder

__all__ = [
    "Alternative", "Answer", "AuditEvent", "Cadence", "CheckIn", "Concession", "Contract", "ContractRecord",
    "Conversation", "Event", "Focus", "Handled", "InstallState", "Installation", "ListItem", "LocalMessage", "Mandate",
    "Member", "Offer",
    "OwedAnew", "OwnReminder", "Plan", "PlanAccess", "PlanChange", "PlanChannel", "PlanName", "PlatformAddress", "Reminder",
    "Row", "Stakeholder", "Supplier", "SupplierAlias", "Term", "Trade", "Workspace",
]  # fmt: skip
