"""Where Microsoft's services for bots are found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cloud:
    """The addresses of one cloud. National clouds have their own; the public one is the default.

    login_url   where a bot gets its token          scope      what the token is for
    issuer      who signs what Teams sends to us    keys_url   the OpenID document that names the signing keys
    """

    login_url: str = "https://login.microsoftonline.com/"
    scope: str = "https://api.botframework.com"
    issuer: str = "https://api.botframework.com"
    keys_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"


PUBLIC = Cloud()
