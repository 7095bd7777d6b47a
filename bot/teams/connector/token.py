"""The bot's own token, fetched by a blocking function, off the event loop and within a time limit."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bot.teams.connector.errors import NoTokenError

if TYPE_CHECKING:
    from collections.abc import Callable


class Token:
    """Asks `blocking` for the token, each time: it keeps the token until it expires.

    Two threads of its own, so that a login service that hangs holds up nothing else.
    """

    def __init__(
        self, blocking: Callable[[], str], *, limit: float, on_error: Callable[[Exception], None]
    ) -> None:
        self._blocking = blocking
        self._limit = limit
        self._on_error = on_error
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="teams-token")

    async def __call__(self) -> str:
        """The token, or NoTokenError."""
        try:
            async with asyncio.timeout(self._limit):
                return await asyncio.get_running_loop().run_in_executor(self._threads, self._blocking)
        except (PermissionError, KeyError) as error:  # how botbuilder says that Microsoft gave no token
            self._on_error(error)
            raise NoTokenError(refused=True) from None
        except Exception as error:
            self._on_error(error)
            raise NoTokenError(refused=False) from None

    def close(self) -> None:
        """Lets the threads go without waiting for them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
