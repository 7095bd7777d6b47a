"""What people press and fill in: buttons, menus, forms, shortcuts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.doubles.slack import fields, limits, modals, payloads
from tests.doubles.slack.base import Base
from tests.doubles.slack.core import interactive
from tests.doubles.slack.elements import options_of
from tests.doubles.slack.errors import ApiError, NotInSlack
from tests.doubles.slack.tickets import ResponseUrl

if TYPE_CHECKING:
    from tests.doubles.slack.sending import Delivery
    from tests.doubles.slack.world import Json, Message, User, View, Workspace


class Pressing(Base):
    """The hands' side of the double."""

    _filled: dict[tuple[str, str], Json]

    async def press(self, user: str, channel: str | None, label: str, *, ts: str | None = None) -> Delivery:
        """Presses the button (or takes the menu's option) that reads ``label``.

        In the newest message that shows one to this person, or the message ``ts``; with ``channel=None`` in the modal
        on top, else in the person's Home. Raises NotInSlack where there is none.
        """
        if channel is None:
            view = self._front(user)
            block, element = _labelled(view.blocks, label)
            return await self._act_in_view(user, view, block, element, label)
        for message in self._visible(user, channel, ts):
            try:
                block, element = _labelled(message.blocks, label)
            except NotInSlack:
                continue
            return await self._act_in_message(user, message, block, element, label)
        raise NotInSlack(f"no {label!r} for {user} in {channel}")

    async def choose(
        self, user: str, channel: str | None, name: str, value: object, *, ts: str | None = None
    ) -> Delivery:
        """Sets the menu, picker or field with this label, block id or action id, where that tells the app."""
        if channel is None:
            view = self._front(user)
            block, element = fields.field(view.blocks, name)
            return await self._act_in_view(user, view, block, element, value)
        for message in self._visible(user, channel, ts):
            try:
                block, element = fields.field(message.blocks, name)
            except NotInSlack:
                continue
            return await self._act_in_message(user, message, block, element, value)
        raise NotInSlack(f"no field {name!r} for {user} in {channel}")

    async def submit(self, user: str, values: dict[str, Any] | None = None) -> Delivery:
        """Fills in the modal on top (fields by label, block id or action id) and submits it.

        Slack's own checks come first and raise NotInSlack. Errors that the app answers stay in ``view.errors``;
        update, push and clear are done; an empty answer closes the modal.
        """
        view = self._top(user)
        self._fill(view, values or {})
        refused = fields.refusals(view.blocks, view.state)
        if refused:
            raise NotInSlack(f"Slack does not submit this form: {refused}")
        view.errors = {}
        who, space = self.world.users[user], self.world.workspaces[view.team]
        body = payloads.interaction("view_submission", space, who, self.core.tickets.trigger(user, space.id))
        body |= {"view": modals.as_json(view, space), "response_urls": []}
        delivery = await self._send(body)
        try:
            problem = self._settle(user, view, delivery)
        except ApiError as error:
            problem = f"{error.code} {error.messages}"
        return self._noted(delivery, f"submission by {user}", problem)

    async def dismiss(self, user: str) -> Delivery | None:
        """Closes the modal on top; the app hears of it only where it asked to."""
        view = self._top(user)
        view.open = False
        if not view.body.get("notify_on_close"):
            return None
        who, space = self.world.users[user], self.world.workspaces[view.team]
        body = payloads.interaction("view_closed", space, who, "")
        del body["trigger_id"]
        body |= {"view": modals.as_json(view, space), "is_cleared": False, "response_urls": []}
        return self._noted(await self._send(body), f"close by {user}")

    async def shortcut(self, user: str, callback_id: str, *, late: float = 0) -> Delivery:
        """A global shortcut; with ``late`` the app hears of it so many seconds after its trigger was made."""
        who, space = self.world.users[user], self.world.space_of(user)
        body = payloads.interaction("shortcut", space, who, self.core.tickets.trigger(user, space.id))
        body |= {"callback_id": callback_id, "action_ts": self.core.next_ts()}
        await self.core.clock.sleep(late)
        return self._noted(await self._send(body), f"shortcut by {user}")

    async def message_shortcut(
        self, user: str, message: Message, callback_id: str, *, late: float = 0
    ) -> Delivery:
        """A shortcut from a message's menu; ``late`` as for a global one."""
        who, channel = self._present(user, message.channel)
        space = self.world.space_of(user, channel)
        body = payloads.interaction("message_action", space, who, self.core.tickets.trigger(user, space.id))
        ticket = ResponseUrl(user, space.id, channel.id, self.core.clock.now(), message.ts, message.thread_ts)
        body |= {
            "callback_id": callback_id,
            "action_ts": self.core.next_ts(),
            "message_ts": message.ts,
            "message": message.as_json(),
            "channel": {"id": channel.id, "name": channel.name},
            "response_url": self._response_url(ticket),
        }
        await self.core.clock.sleep(late)
        return self._noted(await self._send(body), f"message shortcut by {user}")

    async def _send(self, body: Json) -> Delivery:
        return await self.sender.form({"payload": json.dumps(body)})

    async def _act_in_message(
        self, user: str, message: Message, block: Json, element: Json, value: object
    ) -> Delivery:
        who, channel = self._present(user, message.channel)
        space = self._owner(message, who)
        typed = self._filled.setdefault((user, message.ts), {})
        action = self._action(block, element, value, typed)
        ticket = ResponseUrl(user, space.id, channel.id, self.core.clock.now(), message.ts, message.thread_ts)
        body = payloads.interaction("block_actions", space, who, self.core.tickets.trigger(user, space.id))
        body |= payloads.pressed_message(
            message, channel, [action], fields.state(message.blocks, typed), self._response_url(ticket)
        )
        return self._noted(await self._send(body), f"press by {user}")

    async def _act_in_view(
        self, user: str, view: View, block: Json, element: Json, value: object
    ) -> Delivery:
        who, space = self.world.users[user], self.world.workspaces[view.team]
        action = self._action(block, element, value, view.state)
        view.state = fields.state(view.blocks, view.state)
        body = payloads.interaction("block_actions", space, who, self.core.tickets.trigger(user, space.id))
        body |= payloads.pressed_view(view, modals.as_json(view, space), [action])
        return self._noted(await self._send(body), f"press by {user}")

    def _action(self, block: Json, element: Json, value: object, typed: Json) -> Json:
        names: Json = {"action_id": element["action_id"], "block_id": block["block_id"]}
        base = names | {"type": element["type"], "action_ts": self.core.next_ts()}
        if element["type"] in fields.BUTTONS:
            kept = {key: element[key] for key in ("text", "value", "style") if key in element}
            return base | kept
        chosen = fields.entry(element, value)
        if element["type"] != "overflow":
            typed.setdefault(block["block_id"], {})[element["action_id"]] = chosen
        return base | chosen

    def _owner(self, message: Message, who: User) -> Workspace:
        """The workspace whose bot posted the message, else the one that hears the person."""
        found = self.world.installed_in(message.team)
        return found or self.world.space_of(who.id, self.world.channels[message.channel])

    def _visible(self, user: str, channel: str, ts: str | None) -> list[Message]:
        self._present(user, channel)
        return [
            m
            for m in reversed(self.world.said)
            if m.channel == channel
            and not m.deleted
            and (m.only_for is None or (m.only_for == user and m.seen))
            and ts in {None, m.ts}
        ]

    def _top(self, user: str) -> View:
        stack = self.world.stack(user)
        if not stack:
            raise NotInSlack(f"{user} has no modal open")
        return stack[-1]

    def _front(self, user: str) -> View:
        homes = [view for (_, owner), view in self.world.homes.items() if owner == user]
        found = [*homes, *self.world.stack(user)]
        if not found:
            raise NotInSlack(f"{user} has neither a modal nor a Home open")
        return found[-1]

    def _fill(self, view: View, values: dict[str, Any]) -> None:
        for name, value in values.items():
            block, element = fields.field(view.blocks, name)
            place = view.state.setdefault(block["block_id"], {})
            place[element["action_id"]] = fields.entry(element, value)
        view.state = fields.state(view.blocks, view.state)

    def _settle(self, user: str, view: View, delivery: Delivery) -> str:
        """Does what the app answered to a submission; gives what is wrong with the answer."""
        if delivery.status != 200:
            return ""
        action = delivery.json.get("response_action")
        if action is None:
            view.open = False
            return (
                ""
                if not delivery.text.strip() or not delivery.json
                else f"no response_action: {delivery.text}"
            )
        if action == "errors":
            return _errors(view, delivery.json.get("errors"))
        if action == "clear":
            for one in self.world.stack(user):
                one.open = False
            return ""
        if action not in {"update", "push"}:
            return f"unknown response_action {action}"
        body = modals.checked_view(self.core, delivery.json.get("view") or {}, "modal")
        if action == "update":
            modals.replace(self.core, view, body)
        elif len(self.world.stack(user)) >= limits.VIEW_STACK:
            return "push_limit_reached"
        else:
            modals.put(self.core, user, view.team, body, on=view)
        return ""


def _errors(view: View, errors: object) -> str:
    """Errors must name input blocks of the view."""
    inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors:
        return "errors without errors"
    if set(errors) - inputs:
        return f"errors for blocks that are no inputs: {sorted(set(errors) - inputs)}"
    view.errors = errors
    return ""


def _labelled(blocks: list[Json], label: str) -> tuple[Json, Json]:
    """The block and element that carry a label: a button, or a menu that offers it."""
    for block in blocks:
        for element in interactive(block):
            own = element["type"] in fields.BUTTONS and fields.label_of(element) == label
            if own or label in [fields.label_of(one) for one in options_of(element)]:
                return block, element
    raise NotInSlack(f"no {label!r}")
