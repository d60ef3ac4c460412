"""Lengths as types: a bare number never says whether it is millimetres or points."""

from __future__ import annotations

from dataclasses import dataclass

_PT_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length, kept in points (1/72 inch)."""

    pt: float

    @property
    def mm(self) -> float:
        """In millimetres."""
        return self.pt / _PT_PER_MM

    @property
    def twips(self) -> int:
        """In twentieths of a point, the unit of Word."""
        return round(self.pt * 20)

    def __add__(self, other: Length) -> Length:
        return Length(self.pt + other.pt)

    def __sub__(self, other: Length) -> Length:
        return Length(self.pt - other.pt)

    def __mul__(self, factor: float) -> Length:
        return Length(self.pt * factor)


def Mm(value: float) -> Length:
    """So many millimetres."""
    return Length(value * _PT_PER_MM)


def Pt(value: float) -> Length:
    """So many points."""
    return Length(value)
