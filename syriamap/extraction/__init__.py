"""
News text → draft claims, each with the words it came from, for somebody to accept, mend or reject.

The rooms, in the order in which a text becomes drafts; each imports only those before it:

`drafts`    what comes out: a place name and what is claimed of the place, or a sentence given up
`texts`     files and pages as text and words, each with its place in the file
`lexicon`   what words mean, as data: verbs, all other words, days; names of actors and of speakers
`places`    which words name a place, and which place
`sentence`  a text's sentences with the names found in them, their clauses, the deeds told there
`manner`    how certain a deed is, who tells of it, on which day it was
`patterns`  who does what where, as the words stand
`arabic`    the same in Arabic: names, verbs, days; its words are data in ``lexicon/arabic``
`parse`     the same in English, as a dependency parse has it
`model`     what a language model is asked, and what of its replies stands in the text
`reading`   a document from file to drafts, by patterns, parse or both, with a model's opinion
`review`    drafts on disk: JSONL, CSV and the sheet on which somebody judges them
"""

from __future__ import annotations

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
