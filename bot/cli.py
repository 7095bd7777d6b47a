"""`prepbot`: the command line. What a command does not need is not imported, so that the chat answers at once."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.config import Settings

_ARRIVES = {
    "import": "`prepbot import contracts` is not built yet: nothing was imported.",
    "export": "`prepbot export` is not built yet.",
}
FAILED, MISUSED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = arguments_of(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # whoever read the answers has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from bot.starting import in_words

        told = in_words(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        return FAILED


def arguments_of(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line. Leaves the process where it cannot be read."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="prepbot", description="Prep prepares purchase negotiations and watches over the deals."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_chat(commands)
    _add(commands, "run", "serve Slack, Teams, reminders and health, as far as configured", _run)
    deliver = _add(commands, "deliver", "post what is due, once", _deliver)
    deliver.add_argument("--now", metavar="T", help="the moment it is, for the local workspace (ISO 8601)")
    _add_import(commands)
    _add(commands, "export", "write out what is kept", _not_yet)
    _add(commands, "migrate", "bring the database to the newest schema", _migrate)
    _add(commands, "check", "say what is configured, what is missing, and whether it connects", _check)
    package = _add(commands, "teams-package", "write the app package for Teams", _package)
    package.add_argument("out", metavar="OUT.zip")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    what: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    parser.set_defaults(command=run, name=name)
    return parser


def _add_chat(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    chat = _add(commands, "chat", "talk to Prep here, no account needed", _chat)
    chat.add_argument("--user", metavar="NAME", default="me", help="who speaks (default: me)")
    chat.add_argument("--channel", metavar="NAME", default="", help="speak in a channel: /prep X or @Prep X")
    chat.add_argument("--external", action="store_true", help="people from outside are in that channel")
    chat.add_argument("--guest", action="store_true", help="the speaker is a guest")
    chat.add_argument("--now", metavar="T", help="the clock, standing still (ISO 8601)")


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "import", "import contracts from a file", _not_yet)
    parser.add_argument("what", choices=["contracts"])
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--map", nargs="+", default=[], metavar="field=column")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be imported, and change nothing"
    )


def _not_yet(options: argparse.Namespace) -> int:
    print(_ARRIVES[options.name], file=sys.stderr)
    return FAILED


def _run(_options: argparse.Namespace) -> int:
    from bot.serve import run
    from bot.starting import no_room

    try:
        return run(_settings())
    except OSError as error:
        raise no_room(error) from None


def _deliver(options: argparse.Namespace) -> int:
    """One pass; with `--now` over the local workspace alone."""
    with _swift():
        from bot.app import build
        from bot.local.delivering import deliver
        from handlers.errors import Expected

        app = build(_settings())
    try:
        return deliver(app, options.now)
    except Expected as error:
        return _misused(*error.lines)
    finally:
        app.close()


@contextmanager
def _swift() -> Iterator[None]:
    """Start without garbage collection: a start leaves no garbage, and looking for it takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _settings() -> Settings:
    from bot.config import Settings

    return Settings()


def _chat(options: argparse.Namespace) -> int:
    with _swift():
        from bot.app import build
        from bot.local.chat import chat
        from bot.local.face import Speaker
        from handlers.errors import Expected

        speaker = Speaker(options.user, options.guest, options.channel, options.external)
        if not speaker.user:
            return _misused("--user needs a name.")
        if options.external and not options.channel:
            return _misused("--external tells of a channel: add --channel NAME.")
        app = build(_settings())
    try:
        return chat(app, speaker, options.now)
    except Expected as error:
        return _misused(*error.lines)
    finally:
        app.close()


def _migrate(_options: argparse.Namespace) -> int:
    from storage.migrate import HEAD, migrate

    migrate(_settings().database_url)
    print(f"The database is at schema {HEAD}, the newest.")
    return 0


def _check(_options: argparse.Namespace) -> int:
    from bot.check import check

    return check(_settings(), print)


def _package(options: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.teams.package import write

    write(_settings(), Path(options.out))
    print(f"{options.out} is written. Upload it in Teams: Apps, Manage your apps, Upload an app.")
    return 0


def _misused(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return MISUSED


if __name__ == "__main__":
    sys.exit(main())
