"""``python -m syriamap``: the command line where the command itself is not on the path."""

from __future__ import annotations

from syriamap.cli.app import main

__all__: list[str] = []

if __name__ == "__main__":  # workers of a pool import this module under another name
    main()
