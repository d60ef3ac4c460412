"""The article endpoints of Zalo's OpenAPI."""

from __future__ import annotations

from channels.sandbox.zalo.article_book import Article
from channels.sandbox.zalo.article_rules import KINDS, WRONG_KIND, Fields, check_article, picture_addresses
from channels.sandbox.zalo.errors import INVALID, NOT_AUTHORISED, ZaloRefusal
from channels.sandbox.zalo.gate import Call

_SLICE_LIMIT = 10
_QUOTA_REACHED = "Official Account has reached the quota of articles"


def create(call: Call) -> dict[str, object]:
    """``POST /article/create``: the token of a job."""
    fields = call.body()
    check_article(fields, call.world.switches)
    # Downloads take time and may come back to this very server: nobody waits for them at the lock.
    fate = call.world.downloader.fate(picture_addresses(fields))
    with call.world.lock:
        _spend_quota(call)
        token = call.world.articles.create(call.account.oa_id, fields, fate=fate, host=call.request.host)
    return {"token": token}


def update(call: Call) -> dict[str, object]:
    """``POST /article/update``: the body of create with the article's ``id``; the token of a job."""
    fields = call.body()
    article_id = fields.pop("id", None)
    check_article(fields, call.world.switches)
    with call.world.lock:
        article = call.world.articles.find(call.account.oa_id, article_id)
    fate = call.world.downloader.fate(picture_addresses(fields))
    with call.world.lock:
        return {"token": call.world.articles.update(article, fields, fate=fate)}


def verify(call: Call) -> dict[str, object]:
    """``POST /article/verify``: the article's ``id`` once its job is done."""
    token = call.body().get("token")
    with call.world.lock:
        return {"id": call.world.articles.verify(call.account.oa_id, token)}


def remove(call: Call) -> dict[str, object]:
    """``POST /article/remove``."""
    article_id = call.body().get("id")
    with call.world.lock:
        call.world.articles.find(call.account.oa_id, article_id).removed = True
    return {}


def get_slice(call: Call) -> dict[str, object]:
    """``GET /article/getslice``: at most ten articles of one type, newest first."""
    query = call.request.query
    kind = query.get("type", "")
    if kind not in KINDS:
        raise ZaloRefusal(INVALID, WRONG_KIND)
    offset, limit = _number(query.get("offset", "0"), "offset"), _number(query.get("limit", "10"), "limit")
    if not 1 <= limit <= _SLICE_LIMIT:
        raise ZaloRefusal(INVALID, f"limit maximum is {_SLICE_LIMIT}")
    with call.world.lock:
        listed = call.world.articles.listed(call.account.oa_id, kind)
        medias = [_brief(call, article) for article in listed[offset : offset + limit]]
    return {"total": len(listed), "medias": medias}


def get_detail(call: Call) -> dict[str, object]:
    """``GET /article/getdetail``: everything about one article."""
    with call.world.lock:
        article = call.world.articles.find(call.account.oa_id, call.request.query.get("id"))
        kept = {name: article.fields.get(name) for name in ("author", "cover", "description", "body", "comment")}
        return _brief(call, article) | kept | {"cite": {}}


def _brief(call: Call, article: Article) -> dict[str, object]:
    fields = article.fields
    unit = 1000 if call.world.switches.dates_in == "milliseconds" else 1
    return {
        "id": article.id,
        "type": fields["type"],
        "title": fields["title"],
        "status": "show" if article.shown else "hide",
        "total_view": article.views,
        "total_share": 0,
        "create_date": int(article.made.timestamp() * unit),
        "update_date": int(article.changed.timestamp() * unit),
        "thumb": _thumb(fields),
        "link_view": f"http://{article.host}/openapi{article.address}",
    }


def _thumb(fields: Fields) -> str:
    return next(iter(picture_addresses(fields)), "")


def _spend_quota(call: Call) -> None:
    account = call.account
    if account.article_quota is None:
        return
    if account.article_quota < 1:
        raise ZaloRefusal(NOT_AUTHORISED, _QUOTA_REACHED)
    account.article_quota -= 1


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ZaloRefusal(INVALID, f"{name} value is invalid")
    return int(text)
