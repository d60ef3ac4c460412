"""How posts go out: a folder for each kind of channel, one contract, one table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from channels.abilities import Hours
from channels.base import Channel, Surroundings
from channels.settings import Settings
from loa.core.errors import mistake

# Kind → its Settings as module:class. They say what the kind can do and name its Channel, which brings what it needs
# to reach a service and is imported when one is opened.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "facebook": "channels.facebook.settings:FacebookSettings",
        "manual": "channels.manual.settings:ManualSettings",
        "static": "channels.static.settings:StaticSettings",
        "webhook": "channels.webhook.settings:WebhookSettings",
        "wordpress": "channels.wordpress.settings:WordPressSettings",
        "zalo": "channels.zalo.settings:ZaloSettings",
    }
)


def settings_model(kind: str) -> type[Settings]:
    """The model that reads a channel's part of config.yaml. Raises LoaError (``channel.kind_unknown``)."""
    if kind not in KINDS:
        raise mistake("channel.kind_unknown", kind=kind, kinds=", ".join(KINDS))
    found: type[Settings] = _named(KINDS[kind])
    return found


def hard_hours(settings: Settings) -> Hours | None:
    """The hours outside which the channel takes nothing, if any."""
    return settings.abilities.hours if settings.keeps_hours() else None


def open_channel(name: str, settings: Settings, around: Surroundings) -> Channel:
    """The channel ``name``, ready to publish. Raises LoaError for settings that cannot work."""
    kind: type[Channel] = _named(settings.channel)
    return kind(name, settings, around)


def _named(where: str) -> Any:
    """What ``module:name`` means."""
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
