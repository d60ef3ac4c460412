"""Lines hold what was to be set: every character once, whatever the style and wherever a line may end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notices import rules
from notices.document import Role, Run
from notices.lines import set_lines, widest_word

FORM = rules.formats(14)[Role.BODY]
PIECES = st.lists(
    st.builds(
        Run,
        text=st.text(alphabet="ab đ1-/\u00a0.,()—?!ỄN@", max_size=24),
        bold=st.booleans(),
        italic=st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@given(PIECES, st.integers(60, 460))
@settings(deadline=None, max_examples=300)
def test_every_character_is_set_once_and_in_its_order(runs: list[Run], column: int) -> None:
    lines = set_lines(tuple(runs), FORM, float(column))
    drawn = "".join(line.text for line in lines).replace(" ", "")
    assert drawn == "".join(run.text for run in runs).replace(" ", "")


@given(PIECES)
@settings(deadline=None, max_examples=100)
def test_no_word_is_cut_in_a_column_as_wide_as_the_widest(runs: list[Run]) -> None:
    wide = FORM.first.pt + widest_word(tuple(runs), FORM)
    words = {word for word in "".join(run.text for run in runs).split(" ") if word}
    parts = "".join(f"{line.text}\n" for line in set_lines(tuple(runs), FORM, wide + 1)).replace("\n", " ").split()
    whole = [word for word in words if word.isalpha()]
    assert all(word in " ".join(parts) for word in whole)


def test_hyphens_and_fixed_spaces_take_a_little_more_room_in_italics() -> None:
    def width(text: str, *, italic: bool) -> float:
        [line] = set_lines((Run(text=text, italic=italic),), FORM, 400.0)
        return line.width

    for text, count in (("12/KH-UBND-NC", 2), ("a\u00a0\u00a0b", 2), ("e-learning", 0)):
        plain = text.replace("-", "x").replace("\u00a0", "x")
        italic_extra = width(text, italic=True) - width(plain, italic=True)
        natural = width(text, italic=False) - width(plain, italic=False)
        assert abs(italic_extra - natural - count * 14 * 0.092) < 0.8 * (count + 1) * 1.5
