"""Poster → bytes, one file per medium."""
