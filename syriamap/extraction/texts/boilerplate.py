"""
Menus, link lists and notices of a page: which of its paragraphs are no prose.

jusText (Pomikálek 2011, "Removing Boilerplate and Duplicate Content from Web Corpora") takes a page
apart into paragraphs and tells how much of each is links. It knows no offsets, so only its verdicts
are taken: the text itself is read by :mod:`syriamap.extraction.texts.tokens`, and a block whose
words equal those of a paragraph judged bad is left out there.
"""

from __future__ import annotations

__all__ = ["boilerplate_of"]

_MOST_LINKS = 0.3
"""Share of a paragraph's characters inside links from which it is no prose."""

_LARGEST = 2_000_000
"""Characters of a page that is judged; a longer one is no article, and its tags must do."""


def boilerplate_of(raw: str) -> frozenset[str]:
    """
    Texts of the paragraphs of an HTML page that are no prose, without their spaces.

    A short paragraph without links is kept: it may be a headline or a flash.

    >>> sorted(boilerplate_of("<p><a href='/a'>Our wars</a></p><p>Rebels took Hama.</p>"))
    ['Ourwars']
    """
    if len(raw) > _LARGEST:
        return frozenset()
    from justext import core
    from lxml.etree import LxmlError

    try:
        page = core.preprocessor(core.html_to_dom(raw))
        paragraphs = core.ParagraphMaker.make_paragraphs(page)
    except (LxmlError, ValueError, AssertionError):
        return frozenset()  # no page at all; what its tags leave is read as it stands
    bad: set[str] = set()
    good: set[str] = set()
    for one in paragraphs:
        # so many links are no prose to jusText whatever stands around; judging by what does, which
        # takes time with the square of the paragraphs, would not change that
        words = "".join(one.text.split())
        (bad if one.links_density() > _MOST_LINKS else good).add(words)
    return frozenset(bad - good)
