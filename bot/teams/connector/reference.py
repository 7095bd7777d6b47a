"""A conversation reference of our own: what is needed to answer later, as plain JSON.

botbuilder's reference loses the host tenant and the channel, so this one is read from the raw activity.
"""

from __future__ import annotations

from typing import Any

from bot.teams.connector.raw import dict_in

_THREAD = ";messageid="
_KINDS = {"personal", "groupChat", "channel"}


def reference_of(activity: dict[str, Any]) -> dict[str, Any]:
    """Where `activity` was said, as a JSON-serialisable dict; what Teams left out is None.

    service_url       where to send
    conversation_id   as received: in a channel with `;messageid=...`, so that answers stay in the thread
    base_id           the same without it: a post there starts a new thread; rosters are asked of it
    thread_id         the id behind `;messageid=`
    kind              personal, groupChat or channel; what does not say that it is personal is not
    tenant_id         the host's tenant: the raw `conversation.tenantId`; `channelData` may name the sender's
    bot               {"id", "name"}; the account to speak as
    member            {"id", "aad_id"}; who spoke
    channel_id, team_id   of a channel
    locale            as the client says it, such as `en-GB`
    """
    conversation = dict_in(activity, "conversation")
    channel_data = dict_in(activity, "channelData")
    conversation_id = str(conversation.get("id") or "")
    base, _, thread = conversation_id.partition(_THREAD)
    bot, sender = dict_in(activity, "recipient"), dict_in(activity, "from")
    return {
        "service_url": activity.get("serviceUrl"),
        "conversation_id": conversation_id,
        "base_id": base,
        "thread_id": thread or None,
        "kind": _kind(conversation, channel_data),
        "tenant_id": _tenant(conversation.get("tenantId")),
        "bot": {"id": bot.get("id"), "name": bot.get("name")},
        "member": {"id": sender.get("id"), "aad_id": sender.get("aadObjectId")},
        "channel_id": dict_in(channel_data, "channel").get("id") or channel_data.get("teamsChannelId"),
        "team_id": dict_in(channel_data, "team").get("id") or channel_data.get("teamsTeamId"),
        "locale": activity.get("locale"),
    }


def _tenant(told: Any) -> Any:
    """The id as it is compared and kept: Microsoft writes the same one in small letters and in capitals."""
    return told.lower() if isinstance(told, str) else told


def new_thread(reference: dict[str, Any]) -> dict[str, Any]:
    """The same place, but outside of any thread: what is sent there starts a new one."""
    return {**reference, "conversation_id": reference["base_id"], "thread_id": None}


def in_thread(reference: dict[str, Any], activity_id: str) -> dict[str, Any]:
    """The thread that the post `activity_id` roots. Only channels have threads; elsewhere nothing changes."""
    if reference["kind"] != "channel":
        return reference
    conversation_id = f"{reference['base_id']}{_THREAD}{activity_id}"
    return {**reference, "conversation_id": conversation_id, "thread_id": activity_id}


def direct(reference: dict[str, Any], conversation_id: str, member: dict[str, Any]) -> dict[str, Any]:
    """The direct conversation with `member` that was opened from `reference`."""
    return {
        **reference,
        "conversation_id": conversation_id,
        "base_id": conversation_id,
        "thread_id": None,
        "kind": "personal",
        "member": {"id": member.get("id"), "aad_id": member.get("aad_id")},
        "channel_id": None,
        "team_id": None,
    }


def _kind(conversation: dict[str, Any], channel_data: dict[str, Any]) -> str:
    kind = str(conversation.get("conversationType"))
    if kind in _KINDS:
        return kind
    return "channel" if channel_data.get("channel") or channel_data.get("team") else "groupChat"
