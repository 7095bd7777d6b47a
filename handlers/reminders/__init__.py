"""Reminders: what is owed to whom, when, and what happens when nobody answers."""
