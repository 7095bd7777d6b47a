"""What the Slack face uses of Slack: the methods it calls and the events it hears, each with the scopes that allow it.

This is the one list: the client calls no method that is not on it, the listeners are made from it, `manifest.yml` is
compared with it, and so is what a token was granted.
"""

from __future__ import annotations

# What Slack offers beside messages: id -> (name in the menu, kind).
LOG_SHORTCUT, NEW_SHORTCUT = "log_concession", "prepare"
SHORTCUTS: dict[str, tuple[str, str]] = {
    LOG_SHORTCUT: ("Log as concession", "message"),
    NEW_SHORTCUT: ("Prepare a negotiation", "global"),
}

# A method -> the scopes of which it needs all that fit the kinds of conversations it is used for.
METHODS: dict[str, frozenset[str]] = {
    "apps.connections.open": frozenset(),  # with the app's own token
    "auth.test": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read"}),
    "conversations.members": frozenset({"channels:read", "groups:read"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history"}),
    "oauth.v2.access": frozenset(),
    "users.conversations": frozenset({"channels:read", "groups:read"}),
    "users.info": frozenset({"users:read", "users:read.email"}),
    "users.list": frozenset({"users:read", "users:read.email"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.update": frozenset(),
}
# The same for what is used only where a workspace has granted it.
OPTIONAL_METHODS: dict[str, frozenset[str]] = {
    "assistant.threads.setSuggestedPrompts": frozenset({"assistant:write"}),
}

# Somebody speaks to Prep.
SPOKEN: dict[str, frozenset[str]] = {
    "app_mention": frozenset({"app_mentions:read"}),
    "message.im": frozenset({"im:history"}),
}
# Somebody opens the app: its Home, or the direct message with it.
OPENED: dict[str, frozenset[str]] = {"app_home_opened": frozenset()}
# What is known of a channel has changed, or Prep came to it.
ABOUT_CHANNELS: dict[str, frozenset[str]] = {
    "channel_archive": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "channel_id_changed": frozenset({"channels:read", "groups:read"}),
    "channel_left": frozenset({"channels:read"}),
    "channel_shared": frozenset({"channels:read", "groups:read"}),
    "channel_unshared": frozenset({"channels:read", "groups:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_deleted": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
}
# What is known of a person has changed.
ABOUT_PEOPLE: dict[str, frozenset[str]] = {"user_change": frozenset({"users:read"})}
# Prep was taken away.
TAKEN_AWAY: dict[str, frozenset[str]] = {"app_uninstalled": frozenset(), "tokens_revoked": frozenset()}

EVENTS = {**SPOKEN, **OPENED, **ABOUT_CHANNELS, **ABOUT_PEOPLE, **TAKEN_AWAY}
COMMAND = "/prep"
SCOPES: frozenset[str] = frozenset({"commands"}).union(*METHODS.values(), *EVENTS.values())
OPTIONAL_SCOPES: frozenset[str] = frozenset().union(*OPTIONAL_METHODS.values())
