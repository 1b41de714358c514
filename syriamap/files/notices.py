"""What the user is told of that is no error."""

from __future__ import annotations

import warnings

__all__ = ["SyriamapWarning", "warn"]


class SyriamapWarning(UserWarning):
    """Something in the input was understood but not used; nothing was lost silently."""


def warn(message: str) -> None:
    """Tell the user of something that is not an error; the command line prints it to stderr."""
    warnings.warn(message, SyriamapWarning, stacklevel=3)
