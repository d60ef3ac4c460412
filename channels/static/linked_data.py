"""What search engines read in a page: JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Mapping

from channels.json_text import to_script
from channels.post import Publisher
from channels.static.records import Record


def article(record: Record, *, address: str, site: str, publisher: Publisher) -> str:
    """The announcement at ``address`` as JSON for a script element; ``site`` is the home page's address."""
    news = {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "identifier": record.id,
        "headline": record.title,
        "description": record.description,
        "inLanguage": "vi",
        "datePublished": record.published.isoformat(),
        "dateModified": record.changed.isoformat(),
        "author": {"@type": "Organization", "name": record.issuer},
        "publisher": {"@id": _owner_id(site)},
        "image": [f"{address}{file.address}" for file in record.attachments if file.is_picture],
        "expires": record.valid_until.isoformat() if record.valid_until else "",
    }
    return _graph(_owner(site, publisher), news)


def website(*, name: str, site: str, publisher: Publisher) -> str:
    """The site called ``name`` as JSON for a script element."""
    home = {
        "@type": "WebSite",
        "@id": f"{site}/",
        "url": f"{site}/",
        "name": name,
        "inLanguage": "vi",
        "publisher": {"@id": _owner_id(site)},
    }
    return _graph(_owner(site, publisher), home)


def _owner(site: str, publisher: Publisher) -> dict[str, object]:
    return {
        "@type": "GovernmentOrganization",
        "@id": _owner_id(site),
        "name": publisher.full_name,
        "url": publisher.website or f"{site}/",
        "address": publisher.address,
        "telephone": publisher.phone,
    }


def _owner_id(site: str) -> str:
    return f"{site}/#co-quan"


def _graph(*things: Mapping[str, object]) -> str:
    """What is empty is left out: there it would be a false statement."""
    graph = [{name: value for name, value in thing.items() if value} for thing in things]
    return to_script({"@context": "https://schema.org", "@graph": graph})
