"""Everything that lives at the stand-in for Zalo, and how it begins."""

from __future__ import annotations

from threading import RLock

from channels.sandbox.clock import SandboxClock
from channels.sandbox.web import OFFICE
from channels.sandbox.zalo.article_book import ZaloArticles
from channels.sandbox.zalo.broadcast_book import ZaloBroadcasts
from channels.sandbox.zalo.media import ZaloDownloader
from channels.sandbox.zalo.oa import ZaloAccount, ZaloApp, ZaloSwitches
from channels.sandbox.zalo.tokens import Pair, ZaloTokens

# What the stand-in begins with. None of it is a secret: it opens nothing outside this computer.
APP_ID = "2000"
APP_SECRET = "sandbox-zalo-app-secret"  # noqa: S105 - a stand-in's, printed for everybody
CALLBACK = "http://127.0.0.1:8766/zalo"
OA_ID = "4000"
ACCESS_TOKEN = "sandbox-zalo-access-token"  # noqa: S105 - a stand-in's, printed for everybody
REFRESH_TOKEN = "sandbox-zalo-refresh-token"  # noqa: S105 - a stand-in's, printed for everybody


class ZaloWorld:
    """The state that the stand-ins for OAuth and OpenAPI share; whoever reads or changes it holds ``lock``."""

    apps: dict[str, ZaloApp]
    accounts: dict[str, ZaloAccount]
    switches: ZaloSwitches
    tokens: ZaloTokens
    articles: ZaloArticles
    broadcasts: ZaloBroadcasts
    downloader: ZaloDownloader
    consenting: str  # the account whose administrator sits at the browser

    def __init__(self, clock: SandboxClock, office: str = OFFICE) -> None:
        """``office`` is whose account it is."""
        self.clock = clock
        self._office = office
        self.lock = RLock()
        self.reset()

    def reset(self) -> None:
        """Begin again: one app, one account of a government agency, one pair of tokens, nothing published."""
        with self.lock:
            self.apps = {APP_ID: ZaloApp(app_id=APP_ID, secret=APP_SECRET, callback=CALLBACK)}
            self.accounts = {OA_ID: ZaloAccount(oa_id=OA_ID, name=self._office, followers=1250)}
            self.switches = ZaloSwitches()
            self.tokens = ZaloTokens(self.clock.now, self.switches)
            self.articles = ZaloArticles(self.clock, self.switches)
            self.broadcasts = ZaloBroadcasts(self.clock)
            self.downloader = ZaloDownloader(switches=self.switches)
            self.consenting = OA_ID
            self.uploads: dict[str, int] = {}  # by account and month
            self.tokens.adopt(
                Pair(
                    access=ACCESS_TOKEN,
                    refresh=REFRESH_TOKEN,
                    app_id=APP_ID,
                    oa_id=OA_ID,
                    issued=self.clock.now(),
                )
            )
