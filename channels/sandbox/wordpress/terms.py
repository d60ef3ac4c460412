"""The endpoints of WordPress's categories and tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.sandbox.web import Response
from channels.sandbox.wordpress.answers import PAGING, choose_fields, one_page, reply
from channels.sandbox.wordpress.call import Call
from channels.sandbox.wordpress.errors import WordPressRefusal
from channels.sandbox.wordpress.params import Reader, number, read, text, texts
from channels.sandbox.wordpress.site import Term
from channels.sandbox.wordpress.slugs import fold, free_slug, without_accents

_WRITABLE: Mapping[str, Reader] = {"name": text, "slug": text, "parent": number}
_FINDABLE: Mapping[str, Reader] = {"slug": texts, "search": text, **PAGING}


def find_categories(call: Call) -> Response:
    """``GET /wp/v2/categories``."""
    return _find(call, call.site.categories, "categories")


def find_tags(call: Call) -> Response:
    """``GET /wp/v2/tags``."""
    return _find(call, call.site.tags, "tags")


def get_category(call: Call) -> Response:
    """``GET /wp/v2/categories/ID``."""
    return _get(call, call.site.categories, "categories")


def get_tag(call: Call) -> Response:
    """``GET /wp/v2/tags/ID``."""
    return _get(call, call.site.tags, "tags")


def create_category(call: Call) -> Response:
    """``POST /wp/v2/categories``: of one name and one parent there is only one."""
    values = read(call.params, _WRITABLE)
    if not call.may("manage_categories"):
        raise call.refusal("rest_cannot_create")
    name, parent = values.get("name", "").strip(), values.get("parent", 0)
    for term in call.site.categories.values():
        if fold(term.name) == fold(name) and term.parent == parent:
            raise WordPressRefusal("term_exists", term_id=term.id)
    return _create(call, call.site.categories, "categories", values)


def create_tag(call: Call) -> Response:
    """``POST /wp/v2/tags``: ``đuối nước`` and ``duoi nuoc`` are two."""
    values = read(call.params, _WRITABLE)
    if not call.may("publish_posts"):
        raise call.refusal("rest_cannot_create")
    for term in call.site.tags.values():
        if term.name == values.get("name", "").strip():
            raise WordPressRefusal("term_exists", term_id=term.id)
    return _create(call, call.site.tags, "tags", values)


def _create(call: Call, terms: dict[int, Term], route: str, values: Mapping[str, Any]) -> Response:
    name, parent = values.get("name", "").strip(), values.get("parent", 0)
    if not name:
        raise WordPressRefusal("rest_missing_callback_param", status=400, params=["name"])
    slug = free_slug(fold(values.get("slug") or name), {term.slug for term in terms.values()})
    term = Term(id=call.site.new_term_id(), name=name, slug=slug, parent=parent)
    terms[term.id] = term
    headers = {"Location": f"{call.root}/wp/v2/{route}/{term.id}"}
    return reply(choose_fields(call, _show(call, term, route)), 201, headers)


def _find(call: Call, terms: Mapping[int, Term], route: str) -> Response:
    values = read(call.params, _FINDABLE)
    words = without_accents(values.get("search", "")).lower()
    found = [
        term
        for term in terms.values()
        if term.slug in values.get("slug", [term.slug]) and words in without_accents(term.name).lower()
    ]
    found.sort(key=lambda term: term.name)
    return one_page(call, found, lambda term: _show(call, term, route), values, f"/wp/v2/{route}")


def _get(call: Call, terms: Mapping[int, Term], route: str) -> Response:
    if call.number not in terms:
        raise WordPressRefusal("rest_term_invalid")
    return reply(choose_fields(call, _show(call, terms[call.number], route)))


def _show(call: Call, term: Term, route: str) -> dict[str, object]:
    taxonomy = "category" if route == "categories" else "post_tag"
    posts = [post for post in call.site.living_posts() if post.status == "publish"]
    return {
        "id": term.id,
        "count": sum(term.id in (post.categories if route == "categories" else post.tags) for post in posts),
        "description": "",
        "link": f"{call.home}/?{'cat' if route == 'categories' else 'tag'}={term.slug}",
        "name": term.name,
        "slug": term.slug,
        "taxonomy": taxonomy,
        "meta": [],
        **({"parent": term.parent} if route == "categories" else {}),
    }
