"""
News text → draft claims, each with the words it came from, for somebody to accept, mend or reject.

`text` reads files, `sentence` finds names in them (`places`, `lexicon`, `dates`), `patterns` says
who does what where, `manner` how certain that is, who says so and when; `drafts` puts it together,
`review` writes it. What verbs mean is data: ``frames.toml`` and ``words.toml`` beside this file.
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
