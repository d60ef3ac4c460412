"""A list of agencies from a YAML file, for lists that people write by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from loa.core.errors import LoaError, Problem
from loa.core.model import Model
from loa.planning.explain import build
from loa.planning.source import Source, read_source
from notices.receiver import Receiver

# What the reader of campaign files refuses as too long is a list for a table.
_TOO_BIG = ("yaml.too_big", "file.too_large")


class AudienceFile(Model):
    """The agencies that get kits."""

    agencies: Annotated[list[Receiver], Field(min_length=1)]


def read_yaml(path: Path, file: str) -> tuple[list[Receiver], Source]:
    """The agencies of a YAML file, and where everything in it stands. Raises LoaError with every mistake."""
    try:
        source = read_source(path, file)
    except LoaError as error:
        raise LoaError(_for_a_list(problem) for problem in error.problems) from None
    return build(AudienceFile, source).agencies, source


def _for_a_list(problem: Problem) -> Problem:
    return Problem(key="audience.yaml_too_big", place=problem.place) if problem.key in _TOO_BIG else problem
