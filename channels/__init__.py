"""How posts go out: one file per kind of channel, one contract, one table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from channels.abilities import Hours
from channels.base import Channel, Surroundings
from channels.settings import Settings
from loa.core.errors import mistake

# Kind → module:class, imported on first use: a channel brings what it needs to reach its service.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "facebook": "channels.facebook.channel:FacebookChannel",
        "manual": "channels.manual:ManualChannel",
        "static": "channels.static.channel:StaticChannel",
        "webhook": "channels.webhook.channel:WebhookChannel",
        "wordpress": "channels.wordpress.channel:WordPressChannel",
        "zalo": "channels.zalo.channel:ZaloChannel",
    }
)

# What reads its part of config.yaml, which every command needs and no service.
_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "facebook": "channels.facebook.settings:FacebookSettings",
        "manual": "channels.manual:ManualSettings",
        "static": "channels.static.settings:StaticSettings",
        "webhook": "channels.webhook.settings:WebhookSettings",
        "wordpress": "channels.wordpress.settings:WordPressSettings",
        "zalo": "channels.zalo.settings:ZaloSettings",
    }
)


def channel_type(kind: str) -> type[Channel]:
    """The class for a kind; its ``abilities`` and ``settings_model`` can be read without opening an account.

    Raises LoaError (``channel.kind_unknown``) for any other word.
    """
    if kind not in KINDS:
        raise mistake("channel.kind_unknown", kind=kind, kinds=", ".join(KINDS))
    found: type[Channel] = _named(KINDS[kind])
    return found


def settings_model(kind: str) -> type[Settings]:
    """The model that reads a channel's part of config.yaml. Raises LoaError like ``channel_type``."""
    if kind not in _SETTINGS:
        return channel_type(kind).settings_model
    found: type[Settings] = _named(_SETTINGS[kind])
    return found


def hard_hours(settings: Settings) -> Hours | None:
    """The hours outside which the channel takes nothing, if any. Raises LoaError like ``channel_type``."""
    return channel_type(settings.type).abilities.hours if settings.keeps_hours() else None


def open_channel(name: str, settings: Settings, around: Surroundings) -> Channel:
    """The channel ``name``, ready to publish. Raises LoaError: ``channel_type``, or settings that cannot work."""
    kind = channel_type(settings.type)
    return kind(name, settings, around)


def _named(where: str) -> Any:
    """What ``module:name`` means."""
    module, _, name = where.partition(":")
    return getattr(import_module(module), name)
