"""The scenes as they stand in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.slack_runner import slack_runner
from tools.pictures import looks, slack_page

if TYPE_CHECKING:
    from tests.journeys.slack_runner import SlackRunner


async def slack_scenes(url: str) -> dict[str, str]:
    """Each scene as a page, by name: all messages and forms that a step brought or changed; of each hub also the Home that
    says the same, and what opens from there."""
    found: dict[str, str] = {}
    before: dict[str, int] = {}
    async with slack_runner(url, looks.channels()) as runner:
        async for name, done in looks.played(runner):
            if done:
                found[name] = slack_page.page(_new(runner, before))
                if "hub" in name:
                    found |= await _home(runner, name.replace("hub", "home"))
            before = _standing(runner)
    return found


async def _home(runner: SlackRunner, name: str) -> dict[str, str]:
    """The Home of ann, and the plan that she opens there."""
    slack, ann = runner.slack, "UANN"
    while slack.world.stack(ann):  # what was opened before
        await slack.dismiss(ann)
    await slack.open_home(ann)
    await runner.line.settled()
    shown = slack.home(ann)
    pages = {name: slack_page.page(slack_page.home(shown.body))}
    if name == "home":
        for label in ("Acme", "Terms"):
            await slack.press(ann, None, label)
            await runner.line.settled()
            pages[f"{name}-{label.lower()}"] = slack_page.page(slack_page.modal(slack.view(ann).body))
    return pages


def _standing(runner: SlackRunner) -> dict[str, int]:
    """What was said and which forms are there, with how often each was changed."""
    world = runner.slack.world
    said = {one.ts: len(one.earlier) for one in world.said}
    return said | {view.id: len(view.errors) for view in world.views}


def _new(runner: SlackRunner, before: dict[str, int]) -> str:
    now = _standing(runner)
    fresh = {key for key, times in now.items() if before.get(key) != times}
    messages = [one for one in runner.slack.world.said if one.bot_id and one.ts in fresh and not one.deleted]
    views = [view for view in runner.slack.world.views if view.id in fresh]
    drawn = [slack_page.message(one.blocks, alone=one.only_for is not None) for one in messages]
    return "".join([*drawn, *(slack_page.modal(view.body) for view in views)])
