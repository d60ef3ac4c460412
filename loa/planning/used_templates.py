"""The templates that a campaign's papers are made of, with those that they bring along."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from loa.planning.model import Campaign
from notices.context import Context
from notices.model import Wording
from notices.template_files import SUFFIX


def used_templates(campaign: Campaign, context: Context) -> dict[str, str]:
    """Path → text of every template that the campaign names, and those that a text of it or of them mentions."""
    specs = [*campaign.documents.values(), *([campaign.relay.as_dispatch()] if campaign.relay else [])]
    named = [_path(spec.type, spec.template) for spec in specs if isinstance(spec, Wording) and spec.template]
    return _with_mentioned(named, campaign.model_dump_json(), context.templates.files())


def templates_of(spec: Wording, kind: str, context: Context) -> dict[str, str]:
    """Path → text of the template of one paper, and of those that it brings along."""
    named = [_path(kind, spec.template)] if spec.template else []
    return _with_mentioned(named, "\n".join(spec.blocks.values()), context.templates.files())


def _with_mentioned(named: Iterable[str], words: str, files: dict[str, Path]) -> dict[str, str]:
    used: dict[str, str] = {}
    waiting = [*named, *_mentioned(words, files)]
    while waiting:
        path = waiting.pop()
        if path not in used and path in files:
            used[path] = files[path].read_text(encoding="utf-8", errors="replace")
            waiting += _mentioned(used[path], files)
    return used


def _path(kind: str, template: str | None) -> str:
    return f"{kind}/{template}{SUFFIX}"


def _mentioned(text: str, files: dict[str, Path]) -> list[str]:
    return [path for path in files if path in text]
