"""Whether `prepbot run` could listen where HOST and PORT say."""

from __future__ import annotations

import errno
import json
import os
import socket
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.request import urlopen

from bot.check import Finding

if TYPE_CHECKING:
    from bot.config import Settings

WHAT = "Address"
_WAIT = 2.0  # seconds
_WHY = {
    errno.EADDRINUSE: "another program has the port",
    errno.EACCES: "this user may not listen on so low a port: take one above 1023",
    errno.EADDRNOTAVAIL: "HOST is no address of this machine",
}


def room(settings: Settings) -> Finding:
    """Tries it, and lets go at once."""
    where = f"HOST {settings.host}, PORT {settings.port}"
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, proto) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except socket.gaierror:
        return Finding(WHAT, works=False, text=f"{where}: HOST is not known by that name")
    except OSError as error:
        if error.errno == errno.EADDRINUSE and _is_prep(settings):
            return Finding(WHAT, works=True, text=f"{where}: a Prep serves there now")
        why = _WHY.get(error.errno or 0) or os.strerror(error.errno or 0)
        return Finding(WHAT, works=False, text=f"{where}: {why}")
    return Finding(WHAT, works=True, text=f"`prepbot run` serves on {where}")


def _is_prep(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    try:
        with urlopen(f"http://{host}:{settings.port}/healthz", timeout=_WAIT) as answer:
            return bool(json.load(answer) == {"process": "ok"})
    except (OSError, ValueError, HTTPException):
        return False
