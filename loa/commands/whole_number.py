"""A whole number that an option or argument takes, with its bounds told in words."""

from __future__ import annotations

from collections.abc import Callable

import click

from loa.commands.terminal import words

Callback = Callable[[click.Context, click.Parameter, str | None], int | None]


def whole_number(first: int, last: int) -> Callback:
    """The callback of an option that takes a number from ``first`` to ``last``; any other is wrong use.

    Not ``click.IntRange``: that shows ``[1990<=x<=2200]`` in the help.
    """

    def read(ctx: click.Context, param: click.Parameter, typed: str | None) -> int | None:
        if typed is None:
            return None
        digits = typed.strip()
        if not (digits.isascii() and digits.isdecimal() and first <= int(digits) <= last):
            told = words().word("option.out_of_range", typed=typed, first=first, last=last)
            raise click.BadParameter(told, ctx, param)
        return int(digits)

    return read
