"""The secret that opens an account; where it is not there, the account is closed like any other."""

from __future__ import annotations

from channels.answers import Closed
from loa.core.errors import LoaError
from loa.core.secrets import Secret, Secrets


def secret_of(secrets: Secrets, name: str) -> Secret:
    """The secret called ``name``. Raises Closed when there is none, or the file of secrets cannot be used."""
    try:
        found = secrets.get(name)
    except LoaError as error:
        problem = error.problems[0]
        raise Closed(problem.key, **problem.values) from None
    if found is None:
        raise Closed("channel.no_secret", name=name)
    return found
