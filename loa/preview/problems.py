"""What the check found, as sentences about papers and posts; places in files stand apart, for whoever writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from loa.core.errors import Problem
from loa.preview.shown import ShownAnnouncement, ShownDocument, ShownProblem


def show_problems(
    problems: Sequence[Problem],
    documents: Sequence[ShownDocument],
    announcements: Sequence[ShownAnnouncement],
    say: Callable[[Problem], str],
) -> Iterator[ShownProblem]:
    """Each sentence about each paper or post once, in the order of ``problems``, with every place it was found at."""
    titles = {("documents", one.name): one.title for one in documents}
    titles |= {("announcements", one.name): one.title for one in announcements}
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        section, _, rest = problem.place.part.partition(".")
        about = titles.get((section, rest.partition(".")[0]), "")
        words = say(problem)
        places[about, words if about else f"{words[0].upper()}{words[1:]}"].append(str(problem.place))
    for (about, words), found in places.items():
        yield ShownProblem(about=about, words=words, places=tuple(filter(None, found)))
