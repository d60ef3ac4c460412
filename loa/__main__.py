"""``loa`` and ``python -m loa``: put our folder on the path, then run the command line."""

from __future__ import annotations

from loa import on_path


def main() -> None:
    """The console script."""
    on_path()
    import cli  # only importable after on_path

    cli.run()


if __name__ == "__main__":
    main()
