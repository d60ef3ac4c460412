"""Every call of every account on the network, as one table; and what must hold whatever the service answers."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import loa
from channels import open_channel, settings_model
from channels.answers import ChannelFailure
from channels.base import Channel, Sought, Surroundings
from channels.facebook.graph import proof
from channels.facebook.login import login as log_in_to_facebook
from channels.post import Attachment, Post
from channels.sandbox.faults import Failure
from channels.sandbox.portal.signature import SECRET as WEBHOOK_SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Condition, Item
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import ACCESS_TOKEN, APP_ID, APP_SECRET, CALLBACK, OA_ID, REFRESH_TOKEN
from channels.settings import Settings
from channels.webhook.login import login as log_in_to_portal
from channels.wordpress.login import login as log_in_to_wordpress
from channels.zalo.login import login as log_in_to_zalo
from channels.zalo.tokens import Tokens
from loa.core.errors import LoaError
from loa.core.secrets import Secret, Secrets
from tests.channels import facebook_trial, site
from tests.channels.facebook_trial import KeptSteps
from tests.channels.sandbox.calls import call

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam
PERSON = "EAAsandboxUser"
POST = replace(site.POST, text="Mỗi phiếu chỉ mất khoảng 15 phút.", published_at=MORNING)
CHANGED = replace(POST, text="Lời đã được sửa.", html="<p>Lời đã được sửa.</p>")
_SLOTS = {"sáng": {"at": "08:00", "until": "10:00"}}
_GRAPH_SECRETS = {"FACEBOOK_PAGE_TOKEN": facebook_trial.TOKEN, "FACEBOOK_APP_SECRET": facebook_trial.APP_SECRET}
_COVER = "https://snv.example.gov.vn/bia.jpg"

ACTS: Mapping[str, tuple[str, ...]] = {
    "facebook": ("publish", "look_up", "is_live", "correct", "withdraw", "probe", "login"),
    "zalo": ("publish", "look_up", "follow", "is_live", "correct", "withdraw", "probe", "login", "renew"),
    "wordpress": ("publish", "look_up", "follow", "is_live", "correct", "withdraw", "probe", "login"),
    "webhook": ("publish", "look_up", "follow", "is_live", "correct", "withdraw", "probe", "login"),
}
CHANGING = ("publish", "correct", "withdraw", "login", "renew")


@dataclass(kw_only=True)
class Client:
    """One account at its service, in a workspace of its own; ``address`` is that of the service's root."""

    kind: str
    workspace: Path
    address: str
    now: Callable[[], datetime] = lambda: MORNING
    timeout: str = "1"
    steps: KeptSteps = field(default_factory=KeptSteps)
    remote_id: str = ""
    dialogue: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.kind == "zalo":
            self.keep(Secret(ACCESS_TOKEN), Secret(REFRESH_TOKEN))
        self.channel: Channel = open_channel("kênh", self.settings(), self._around())

    @property
    def file(self) -> Path:
        return self.workspace / "state" / "tokens.json"

    @property
    def secrets(self) -> Secrets:
        known = {"WORDPRESS_PASSWORD": APPLICATION_PASSWORD, "WEBHOOK_SECRET": WEBHOOK_SECRET, **_GRAPH_SECRETS}
        return Secrets(known, self.file)

    def settings(self) -> Settings:
        typed: dict[str, dict[str, object]] = {
            "facebook": {"page_id": facebook_trial.PAGE, "address": f"{self.address}/graph", **facebook_trial.WITH_APP},
            "zalo": {
                "oa_id": OA_ID,
                "app_id": APP_ID,
                "callback": CALLBACK,
                "address": self.address,
                "cover": _COVER,
                "app_proof": "true",
            },
            "wordpress": {"url": f"{self.address}/wordpress", "user": EDITOR},
            "webhook": {"url": f"{self.address}/portal/hook", "status_url": f"{self.address}/portal/status"},
        }
        own = {"type": self.kind, "slots": _SLOTS, "timeout": self.timeout, **typed[self.kind]}
        return settings_model(self.kind).model_validate(own)

    def keep(self, access: Secret, refresh: Secret) -> None:
        tokens = Tokens(
            oa_id=OA_ID, access=access, refresh=refresh, expires_at=MORNING + timedelta(hours=25), issued_at=MORNING
        )
        self.secrets.store({"ZALO_APP_SECRET": APP_SECRET, "ZALO_OA_TOKENS": tokens.text()})

    def act(self, name: str) -> object:
        """What the account answers; raises as its channel does."""
        return {
            "publish": lambda: self.channel.publish(self.post, self.steps),
            "look_up": lambda: self.channel.look_up(self.sought(with_steps=False)),
            "follow": lambda: self.channel.follow(self.sought()),
            "is_live": lambda: self.channel.is_live(self.remote_id),
            "correct": lambda: self.channel.correct(self.remote_id, CHANGED, KeptSteps()),
            "withdraw": lambda: self.channel.withdraw(self.remote_id, "sai"),
            "probe": self.channel.probe,
            "login": self._log_in,
            "renew": self._publish_with_a_token_that_ends,
        }[name]()

    @property
    def post(self) -> Post:
        """With a picture, where it is sent with the post."""
        shown: tuple[Attachment, ...] = () if self.kind == "zalo" else (facebook_trial.picture(),)
        return replace(POST, attachments=shown)

    def sought(self, *, with_steps: bool = True) -> Sought:
        steps = dict(self.steps.kept) if with_steps else {}
        return Sought(marker=POST.marker, title=POST.title, text=POST.text, page="", since=MORNING, steps=steps)

    def _log_in(self) -> None:
        ways = {
            "facebook": log_in_to_facebook,
            "zalo": log_in_to_zalo,
            "wordpress": log_in_to_wordpress,
            "webhook": log_in_to_portal,
        }
        ways[self.kind](self.settings(), self.secrets, self._ask, self._tell, self.now)

    def _publish_with_a_token_that_ends(self) -> object:
        """Its custody asks for a new pair first."""
        tokens = Tokens.read(self.secrets.stored()["ZALO_OA_TOKENS"])
        dying = replace(tokens, expires_at=MORNING)
        self.secrets.store({"ZALO_OA_TOKENS": dying.text()})
        return self.act("publish")

    def _ask(self, key: str, /, *, hidden: bool = False, **values: object) -> str:
        self._tell(key, **values)
        if key == "zalo.back":
            return call("GET", self.dialogue[-2]).headers["Location"]
        typed = {"facebook.user_token": PERSON, "wordpress.password": APPLICATION_PASSWORD}
        return (typed | {"webhook.secret": WEBHOOK_SECRET}).get(key, "")

    def _tell(self, key: str, /, **values: object) -> None:
        self.dialogue.append(str(values.get("address", key)))

    def _around(self) -> Surroundings:
        return Surroundings(
            workspace=self.workspace,
            templates=loa.root() / "templates",
            publisher=site.PUBLISHER,
            secrets=self.secrets,
            now=self.now,
        )

    def shown(self) -> str:
        """All that anybody can come to see of this account, but for the file of secrets."""
        files = (path for path in self.workspace.rglob("*") if path.is_file() and path != self.file)
        kept = [path.read_text(encoding="utf-8", errors="replace") for path in files]
        return "\n".join([repr(self.channel), repr(vars(self.channel)), repr(self.steps), *kept])


def known_secrets(box: Sandbox | None = None) -> set[str]:
    """Everything that must show nowhere; with what a stand-in has issued meanwhile."""
    given = {WEBHOOK_SECRET, APPLICATION_PASSWORD, ACCESS_TOKEN, REFRESH_TOKEN, APP_SECRET, PERSON}
    given |= set(_GRAPH_SECRETS.values())
    given.add(proof(Secret(facebook_trial.APP_SECRET), Secret(facebook_trial.TOKEN)))
    if box is not None:
        for pair in box.zalo.world.tokens._pairs.values():
            given |= {pair.access, pair.refresh}
    return given


def said(error: BaseException) -> str:
    """Everything that a failure can show: its words, its values, its trace with all causes."""
    whole = ["".join(traceback.format_exception(error))]
    link: BaseException | None = error
    while link is not None:
        whole += [repr(link), str(link), repr(vars(link))]
        link = link.__cause__ or link.__context__
    return "\n".join(whole)


def attempt(client: Client, act: str) -> object:
    """What came back, or the failure of a known kind. Any other exception is a fault of ours."""
    try:
        return client.act(act)
    except (ChannelFailure, LoaError) as failure:
        return failure


def live(box: Sandbox) -> list[Item]:
    """What readers see."""
    return [item for item in box.truth() if item.state is Condition.LIVE]


class Nth:
    """Lets one request after so many fail, on every service."""

    def __init__(self, box: Sandbox, number: int, failure: Failure) -> None:
        self.has_struck = False
        self._left = number
        self._failure = failure
        box.faults.choose = self._choose  # type: ignore[method-assign, assignment]  # chance knows no "after so many"

    def _choose(self, _service: str, route: str, _account: str) -> Failure | None:
        if route == "permission":  # what an administrator's browser asks for
            return None
        self._left -= 1
        self.has_struck = self.has_struck or self._left == 0
        return self._failure if self._left == 0 else None


def each_request(strike: Callable[[int], bool]) -> None:
    """Call ``strike`` for the first request, the second and so on, until it tells that there was none."""
    for number in count(1):
        if not strike(number):
            return
