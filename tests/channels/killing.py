"""Processes that are killed before any one of their operations on the file system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

# What CPython reports before it asks the system (PEP 578); every change of the site passes one of these.
_OPERATIONS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
_KILLED = 9


def killed_before(number: int, workspace: Path, work: Callable[[], object]) -> int:
    """Do ``work`` in a process that ends, without any clean-up, right before its operation of this number."""
    child = os.fork()
    if child == 0:
        left = number

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if _is_change(event, arguments) and str(arguments[0]).startswith(str(workspace)):
                left -= 1
                if left == 0:
                    os._exit(_KILLED)

        sys.addaudithook(count)
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, _KILLED}
    return status


def _is_change(event: str, arguments: tuple[object, ...]) -> bool:
    return event in _OPERATIONS or (event == "open" and bool(int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR)))
