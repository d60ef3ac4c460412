"""``loa resolve``: what a person says of an occurrence that the posting job cannot bring to an end."""

from __future__ import annotations

from pathlib import Path

import click

from loa.commands.entries import entries_data, show_entries
from loa.commands.options import decision
from loa.commands.terminal import DONE, command_help, help_of, person, print_json, typed_line, words
from loa.commands.work import Work, at_work
from loa.delivery.choosing import find_one
from loa.delivery.evidence import keep_evidence
from loa.delivery.resolving import Answer, Word, require_answer
from loa.delivery.resolving import resolve as write_down


@click.command("resolve", help=command_help("resolve"))
@click.argument("occurrence", metavar="CODE")
@click.option("--published", is_flag=False, flag_value="", metavar="[LINK]", help=help_of("option.published"))
@click.option("--submitted", is_flag=True, help=help_of("option.submitted"))
@click.option("--again", is_flag=True, help=help_of("option.again"))
@click.option("--at-next", is_flag=True, help=help_of("option.at_next"))
@click.option("--skip", is_flag=True, help=help_of("option.skip"))
@click.option("--withdrawn", is_flag=True, help=help_of("option.withdrawn"))
@click.option("--corrected", is_flag=True, help=help_of("option.corrected"))
@click.option("--reason", metavar="TEXT", help=help_of("option.why"))
@click.option("--photo", type=click.Path(path_type=Path), help=help_of("option.photo"))
@decision
@click.pass_context
def resolve(
    ctx: click.Context,
    occurrence: str,
    published: str | None,
    submitted: bool,
    again: bool,
    at_next: bool,
    skip: bool,
    withdrawn: bool,
    corrected: bool,
    reason: str | None,
    photo: Path | None,
    by: str | None,
    at: str | None,
    as_json: bool,
) -> int:
    """Exactly one answer; that it is published wants a link, a photograph or a word beside it."""
    answers = {
        Answer.PUBLISHED: published is not None,
        Answer.SUBMITTED: submitted,
        Answer.AGAIN: again,
        Answer.SKIP: skip,
        Answer.WITHDRAWN: withdrawn,
        Answer.CORRECTED: corrected,
    }
    given = [answer for answer, is_given in answers.items() if is_given]
    proof = published or photo or (reason or "").strip()
    if slip := _wrong_use(given, has_proof=bool(proof), has_photo=photo is not None, at_next=at_next):
        raise click.UsageError(words().word(slip), ctx)
    [answer] = given
    with at_work(ctx, at) as work:
        entry = find_one(work.book, occurrence)
        require_answer(entry, answer)
        word = Word(
            answer=answer,
            by=person(by),
            why=typed_line(reason or ""),
            link=typed_line(published or ""),
            photo_sha256=_keep(work, photo),
        )
        after = write_down(work.book, work.office, entry, word, now=work.now, at_next=at_next)
        if as_json:
            [data] = entries_data([after], work)
            print_json(data | {"answer": answer})
        else:
            show_entries(work.language.word("decided.resolved"), [after], work)
    return DONE


def _wrong_use(given: list[Answer], *, has_proof: bool, has_photo: bool, at_next: bool) -> str | None:
    """The word for options that do not go together, if so."""
    if len(given) != 1:
        return "resolve.one_of"
    if given == [Answer.PUBLISHED] and not has_proof:
        return "resolve.no_proof"
    if has_photo and given != [Answer.PUBLISHED]:
        return "resolve.photo_useless"
    return "resolve.at_next_useless" if at_next and given != [Answer.AGAIN] else None


def _keep(work: Work, photo: Path | None) -> str:
    return keep_evidence(work.place.folder / "state" / "confirmations", photo) if photo else ""
