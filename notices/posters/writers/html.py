"""Poster → HTML: its words as one readable page, without outside files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from itertools import groupby

from notices.picture import Picture
from notices.posters.code import code_svg
from notices.posters.document import PosterDocument, Results, Words
from notices.posters.reading import Line, Part, in_order
from notices.posters.results import as_rows
from notices.posters.themes import THEMES, Theme

_CSS = """
body{{margin:0;background:{tint};color:{ink};font:1.125rem/1.5 "Be Vietnam Pro",system-ui,sans-serif}}
main{{max-width:40rem;margin:0 auto;padding:2rem 1.25rem;background:{paper};min-height:100vh;box-sizing:border-box}}
h1{{font-size:clamp(2rem,8vw,3.25rem);line-height:1.25;margin:.25em 0 .5em;color:{accent}}}
p{{margin:.25rem 0}} ul{{padding-left:1.25em;font-weight:600}} li{{margin:.4em 0}}
img{{max-width:100%}} .logo{{height:4rem}} svg{{width:11rem;height:11rem;display:block}} a{{color:{accent}}}
.agency,.kicker,.label{{font-weight:600}} .label,.kicker{{color:{accent};margin-top:1.25rem}}
.hero{{font-size:3rem;font-weight:800;line-height:1.3}} .when{{font-size:1.375rem;font-weight:700}}
.phone{{font-size:2rem;font-weight:800}} .link{{overflow-wrap:anywhere}}
.trust-title{{font-weight:800;margin-top:1.5rem}}
.trust-title,.trust{{border-left:.25rem solid {accent};padding-left:.75rem;margin-bottom:0}}
.imprint,.draft{{font-size:.875rem;margin-top:1.5rem}}
table{{border-collapse:collapse;width:100%;margin:1rem 0}}
th,td{{text-align:right;padding:.4rem 0 .4rem .75rem;border-bottom:1px solid {line}}}
th:first-child,td:first-child{{text-align:left;padding-left:0}}
"""


def write_poster_html(document: PosterDocument) -> bytes:
    """The poster as a page of its own in UTF-8."""
    theme, words = THEMES[document.theme], document.words
    logo = _image(words.logo, "logo", words.agency) if words.logo else ""
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_style(theme)}</style></head>\n<body><main>{logo}\n"
        f"{chr(10).join(_body(words))}\n</main></body></html>\n"
    ).encode()


def _style(theme: Theme) -> str:
    return _CSS.format(ink=theme.ink, paper=theme.paper, tint=theme.tint, accent=theme.accent, line=theme.line).strip()


def _body(words: Words) -> Iterator[str]:
    for part, lines in groupby(in_order(words), key=lambda line: line.part):
        if part is Part.POINT:
            yield f"<ul>{''.join(f'<li>{escape(line.text)}</li>' for line in lines)}</ul>"
        else:
            yield from (_line(line, words) for line in lines)


def _line(line: Line, words: Words) -> str:
    shown = escape(line.text)
    match line.part:
        case Part.HEADLINE:
            return f"<h1>{shown}</h1>"
        case Part.PHOTO:
            return _image(words.photo, "photo", "") if words.photo else ""
        case Part.RESULTS:
            return _table(words.results) if words.results else ""
        case Part.PHONE:
            number = "".join(c for c in line.text if c.isdigit() or c == "+")
            return f'<p class="{line.part}"><a href="tel:{number}">{shown}</a></p>'
        case Part.LINK:
            return f'{code_svg(line.text)}<p class="{line.part}"><a href="{shown}">{shown}</a></p>'
        case _:
            return f'<p class="{line.part}">{shown}</p>'


def _image(picture: Picture, name: str, alt: str) -> str:
    data = b64encode(picture.content).decode("ascii")
    return f'<img class="{name}" src="data:{picture.media_type};base64,{data}" alt="{escape(alt)}">'


def _table(results: Results) -> str:
    head, *rows = as_rows(results)
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
