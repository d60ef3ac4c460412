"""Numbers in Vietnamese words, as papers repeat an amount: “ba mươi nghìn”."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # hai mươi mốt, hai mươi tư, hai mươi lăm
_BILLION = 10**9
MOST = 10**15


def in_words(number: int) -> str:
    """``30000`` → ``ba mươi nghìn``, for whole numbers from 0 to 10¹⁵. Raises ValueError for any other."""
    if not 0 <= number <= MOST:
        raise ValueError(number)
    return " ".join(_words(number)) if number else _DIGITS[0]


def _words(number: int, *, is_inside: bool = False) -> list[str]:
    """The words of a number above 0; ``is_inside``: larger groups came before, so hundreds are said even when 0."""
    if number >= _BILLION:  # beyond it, billions themselves are counted: nghìn tỷ, triệu tỷ
        billions, rest = divmod(number, _BILLION)
        return [*_words(billions), "tỷ", *(_words(rest, is_inside=True) if rest else ())]
    words: list[str] = []
    for value, scale in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group = number // value % 1000
        if group:
            words += [*_group(group, is_inside=is_inside or bool(words)), *scale]
    return words


def _group(group: int, *, is_inside: bool) -> list[str]:
    """Three digits: hundreds, tens, ones."""
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_inside else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return [*words, *(["linh"] if words and ones else []), *([_DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 0:
        return words
    plain = tens == 1 and ones != 5  # mười một, mười bốn, but mười lăm
    return [*words, _DIGITS[ones] if plain else _AFTER_TENS.get(ones, _DIGITS[ones])]
