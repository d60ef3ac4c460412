"""The small elements that everything else is made of."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element as Element


def valued(tag: str, value: str) -> Element:
    """An element whose one attribute is its value."""
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def text_element(text: str) -> Element:
    """The text of a run, blanks included."""
    element = OxmlElement("w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element
