"""One request to WordPress's REST interface: who asks, and what."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from channels.sandbox.web import Request
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.site import Site, User

PREFIX = "/wordpress"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request whose sender is known or anonymous."""

    site: Site
    request: Request
    params: Mapping[str, object]
    user: User | None
    number: int = 0  # the identifier in the path, where there is one

    @property
    def home(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://{self.request.host}{PREFIX}"

    @property
    def root(self) -> str:
        """The address that every route is appended to."""
        return rest_root(self.site, self.request)

    def may(self, capability: str) -> bool:
        """Whether somebody is logged in who has it."""
        return self.user is not None and self.user.may(capability)

    def refusal(self, code: str) -> WordPressRefusal:
        """A refusal for want of rights: 401 for those who are not logged in."""
        return WordPressRefusal(code, status=0 if self.user else 401)

    def editing(self) -> bool:
        """Whether everything is asked for. WordPressRefusal when that is not for this user."""
        if self.params.get("context") != "edit":
            return False
        if not self.may("edit_posts"):
            raise self.refusal("rest_forbidden_context")
        return True


def rest_root(site: Site, request: Request) -> str:
    """Where the REST interface begins: a path, or a query that has begun already."""
    home = f"http://{request.host}{PREFIX}"
    return f"{home}/index.php?rest_route=" if site.switches.plain_permalinks else f"{home}/wp-json"


def log_in(site: Site, request: Request) -> User | None:
    """The user of the application password. Wrong credentials are no error, unless the site says so: nobody then."""
    given = credentials(request)
    if given is None or site.switches.strips_authorization or site.switches.production_http:
        return None
    login, password = given
    user = next((user for user in site.users.values() if login in (user.login, user.email)), None)
    if user is not None and _letters(user.password) == _letters(password):
        return user
    if site.switches.early_login:
        raise WordPressRefusal("incorrect_password" if user else "invalid_username", status=401)
    return None


def credentials(request: Request) -> tuple[str, str] | None:
    """Login and password of a Basic header; None without one, or when it cannot be read."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        login, found, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (login, password) if found else None


def _letters(password: str) -> str:
    """WordPress compares letters and digits alone, so spaces may be typed or left out."""
    return re.sub(r"[^a-zA-Z0-9]", "", password)
