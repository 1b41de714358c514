"""
News text → draft claims, each with the words it came from, for somebody to accept, mend or reject.

`text` reads files, `sentence` finds names in them (`places`, `lexicon`, `dates`), `patterns` says
who does what where, `manner` how certain that is, who says so and when; `drafts` puts it together,
`review` writes it. What verbs mean is data: ``frames.toml`` and ``words.toml`` beside this file.
"""

from __future__ import annotations

from syriamap.extraction.drafts import DRAFT_FIELDS, Abstention, Draft
from syriamap.extraction.reading.extractor import Extractor
from syriamap.extraction.texts.tokens import Document, document_from_text

__all__ = ["DRAFT_FIELDS", "Abstention", "Document", "Draft", "Extractor", "document_from_text"]
