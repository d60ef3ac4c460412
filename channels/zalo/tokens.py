"""The tokens of one Official Account, and the one form in which they are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.zalo.oauth import Pair
from loa.core.secrets import Secret

# A refresh token works for three months after its issue; the months are counted short.
REFRESH_LIFE = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """A pair as it lies in the file of secrets, under one name so that it is replaced whole."""

    oa_id: str  # whose it is
    access: Secret
    refresh: Secret  # works once
    expires_at: datetime  # of the access token; UTC
    issued_at: datetime  # of the refresh token; UTC
    version: int = 1  # of the account's pairs: how often they were renewed, and one

    @classmethod
    def of(cls, pair: Pair, *, oa_id: str, now: datetime, version: int = 1) -> Tokens:
        """A pair that Zalo has just given."""
        return cls(
            oa_id=oa_id,
            access=pair.access,
            refresh=pair.refresh,
            expires_at=now + pair.life,
            issued_at=now,
            version=version,
        )

    @classmethod
    def read(cls, text: str) -> Tokens:
        """What ``text`` says. ValueError, without the text in it, when that is no pair."""
        try:
            kept = json.loads(text)
            return cls(
                oa_id=str(kept["oa_id"]),
                access=Secret(str(kept["access_token"])),
                refresh=Secret(str(kept["refresh_token"])),
                expires_at=_moment(kept["access_expires_at"]),
                issued_at=_moment(kept["refresh_issued_at"]),
                version=int(kept["version"]),
            )
        except (ValueError, TypeError, KeyError, RecursionError):
            raise ValueError("not a pair of tokens") from None

    def text(self) -> str:
        """As ``read`` takes it. Secret."""
        kept = {
            "oa_id": self.oa_id,
            "access_token": self.access.reveal(),
            "refresh_token": self.refresh.reveal(),
            "access_expires_at": self.expires_at.isoformat(),
            "refresh_issued_at": self.issued_at.isoformat(),
            "version": self.version,
        }
        return json.dumps(kept)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError("a moment without zone")
    return moment
