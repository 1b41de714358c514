"""
The company a capitalized name keeps: whether the words around it let it be a place.

"The Homs Media Center" names no place, "Homs, Syria" does; "the village of Qwxt" makes a place of
a name that no list holds. Each question is asked about a name by its first and its last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.verb_frames import forms_before_places
from syriamap.extraction.lexicon.vocabulary import read_words
from syriamap.extraction.places.asides import aside_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.places.mention import Mention
    from syriamap.extraction.places.sighting import Sighting
    from syriamap.extraction.texts.tokens import Words

__all__ = [
    "announces_list",
    "article_within",
    "articles_in",
    "befallen",
    "beside",
    "beside_kind",
    "goes_on_listing",
    "in_company",
    "kind_behind",
    "lead_of",
    "leads_to_kind",
    "leads_to_quarters",
    "longer_in_list",
    "name_from",
]  # fmt: skip

_WORDS = read_words()
_AREA_KINDS = _WORDS["area_kinds"]
_ARTICLES = _WORDS["articles"]
_INNER_ARTICLES = _WORDS["inner_articles"]
_SHORT_ARTICLES = _WORDS["short_articles"]
_ENGLISH_ARTICLES = _WORDS["english_articles"]
_MODIFIERS = _WORDS["modifiers"]
_NO_NAMES = _WORDS["no_names"]
_NUMBERED = _WORDS["numbered"]
_ORGANIZATIONS = _WORDS["organizations"]
_PLACE_JOINS = _WORDS["place_joins"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_SETTLEMENT_KINDS = _WORDS["settlement_kinds"]
_SITE_KINDS = _WORDS["site_kinds"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_STATES = _WORDS["states"]
_SMALL = _ARTICLES | _MODIFIERS | _SITE_KINDS | {"of", "and"}
_KINDS = _SETTLEMENT_KINDS | _SITE_KINDS | _PLURAL_KINDS
_LEADS_TO_VILLAGE = _WORDS["leads_to_village"] | _KINDS | forms_before_places()
_HILLS = _WORDS["hills"]
_NEIGHBORHOODS = _WORDS["neighborhoods"]
_DASHES = frozenset("-–—:")
_LIST_SIGNS = frozenset({"", ":", "–", "—", "•", "#"})
_SENTENCE_SIGNS = frozenset({"", ";"})
_HELD_OUT = _WORDS["place_does"]
_WAS = _WORDS["be"]
_TAKES_PLACE = _WORDS["takes_place"]
_HELD = _WORDS["held"]
_BEFALLS = _WORDS["befalls_place"]
_HELPS = _WORDS["be"] | _WORDS["have"] | _WORDS["stays"]
_BEFORE_BEFALLEN = _HELPS | _WORDS["still_words"]
_FALLS = frozenset({"fell", "changed"})
_HELD_IN = frozenset({"in", "under"})
_CONTROL = _WORDS["control"]
_LIST_RESUMES = _WORDS["list_resumes"]
_LONGEST_JOIN = 5
"""Words between two places of a list: ", a town," and what joins them."""
_TELLING = 5
"""Letters of a village's name that opens a sentence."""

_PLAIN_ARTICLES = frozenset({"al", "el"})
_LONGEST = 5
"""Words and hyphens of a name that no list holds."""

_ATTRIBUTES = _WORDS["place_attributes"] | _ENGLISH_ARTICLES
_HYPHENED = _WORDS["place_attributes"] | _WORDS["held"]
_ANNOUNCES = _WORDS["taken"] | {"following"}
_THEIRS = frozenset({"its", "their"})
_LIST_SIGNS_WITHIN = frozenset({",", "and"})
_LIST_ENDS = frozenset({",", "and", ".", ";"})


def articles_in(words: Words, folded: list[str]) -> list[int]:
    """Which words are the article of a name: "al" in "al-Bab" and in "Deir al Zor"."""
    return [
        n
        for n, word in enumerate(folded)
        if (word in _ARTICLES and _is_article(words, n))
        or (word in _SHORT_ARTICLES and _is_short_article(words, n))
    ]


def _is_short_article(words: Words, n: int) -> bool:
    """Whether "e" or "a" is the article of a name: "Deir e-Zor"."""
    texts = words.texts
    if not 0 < n < len(texts) - 2 or texts[n + 1] != "-":
        return False
    return texts[n - 1][:1].isupper() and texts[n + 2][:1].isupper() and texts[n].islower()


def _is_article(words: Words, n: int) -> bool:
    texts = words.texts
    if words.lowers[n] not in _ARTICLES or n + 1 >= len(texts):
        return False
    following = texts[n + 1]
    if following == "-":
        return n + 2 < len(texts) and texts[n + 2][:1].isalpha()
    if not following[:1].isupper():
        return False
    if words.lowers[n] in {"al", "el"} or (texts[n][:1].isupper() and n > 0):
        return True
    return n > 0 and texts[n - 1][:1].isupper() and words.lowers[n] in _INNER_ARTICLES


def article_within(words: Words, content: int, end: int) -> bool:
    """Whether the "al" of "Jabal al-Zawiya" stands at `end`."""
    if not content < end < len(words.texts) - 2:
        return False
    if words.lowers[end] in _PLAIN_ARTICLES and words.texts[end + 1][:1].isupper():
        return True  # "Abu al Duhur"
    return (
        words.lowers[end] in _ARTICLES
        and words.texts[end + 1] == "-"
        and words.texts[end + 2][:1].isupper()
    )


def beside(found: list[Mention], first: int, words: Words | None = None) -> bool:
    """Whether a place stands right before, but for "," and "and"."""
    if not found:
        return False
    between = first - found[-1].last
    if words is None:
        return between <= 2
    behind = _past_aside(words, found[-1].last)
    lead = max(behind, lead_of(words, first) + 1)
    if behind > found[-1].last and first >= behind:
        joins = words.lowers[behind:lead]
        return len(joins) <= 1 and _PLACE_JOINS.issuperset(joins)
    if lead < first and lead > found[-1].last:
        return lead - found[-1].last <= 2 and _PLACE_JOINS.issuperset(
            words.lowers[found[-1].last : lead]
        )
    return 0 < between <= 3 and _PLACE_JOINS.issuperset(words.lowers[found[-1].last : first])


def longer_in_list(seen: Sighting, end: int) -> bool:
    """Whether a name in a list goes on behind a listed one: ", Maliha Kabira, Maliha Saghira"."""
    words = seen.words
    behind = words.lowers[end : end + 2]
    if len(behind) < 2 or not words.texts[end][:1].isupper() or seen.taken[end]:
        return False
    if behind[0] in _NO_NAMES or behind[0] in _KINDS | _ORGANIZATIONS | _AREA_KINDS:
        return False
    if behind[1] not in _LIST_ENDS:
        return False
    opens = seen.first > 0 and words.lowers[seen.first - 1] in {"of", ":"}
    return beside(seen.found, seen.first, words) or opens


def lead_of(words: Words, first: int) -> int:
    """The word before a name and what describes it: "took" in "took the long-besieged P"."""
    lowers, n = words.lowers, first - 1
    while n >= 0:
        if lowers[n] in _HYPHENED and n > 1 and lowers[n - 1] == "-":
            n -= 3
        elif lowers[n] in _ATTRIBUTES:
            n -= 1
        else:
            break
    return n


def _past_aside(words: Words, n: int) -> int:
    """The word behind ", a town of 20,000 people," or "(east)" at a word; else that word."""
    lowers = words.lowers
    if lowers[n : n + 1] == ["and"] and not _THEIRS.isdisjoint(lowers[n + 1 : n + 2]):
        ahead = range(n + 2, min(n + 6, len(lowers)))  # "P and its depots, Q"
        return next((m for m in ahead if lowers[m] in _LIST_SIGNS_WITHIN), n)
    end = aside_end(lowers, n)
    return n if end is None else end + 1


def name_from(
    words: Words, taken: Sequence[bool], content: int, own: frozenset[str] = frozenset()
) -> int:
    """
    Give the end of the capitalized name that begins here, at most five words long.

    `own` are words that call a country or its people, and are no part of a place's name.
    """
    texts, lowers = words.texts, words.lowers
    size = len(texts)
    end = content
    while end < size and not taken[end] and end - content < _LONGEST:
        text = texts[end]
        if not (
            text[:1].isupper()
            or article_within(words, content, end)
            or (end > content and text == "-" and end + 1 < size and texts[end + 1][:1].isalpha())
            or (end > content and texts[end - 1] == "-" and text.isalpha())
            or (end > content and text.isdigit() and lowers[end - 1] in _NUMBERED)
        ):
            break
        tribe = lowers[end] == "arab" and end + 1 < size and texts[end + 1][:1].isupper()
        if ((lowers[end] in _NO_NAMES or lowers[end] in own) and not tribe) or (
            len(text) < 2 and text != "-"
        ):
            break
        end += 1
    while end > content and texts[end - 1] == "-":
        end -= 1
    return content if end - content == 1 and lowers[content] in _HILLS else end


def kind_behind(words: Words, end: int) -> tuple[str, int]:
    """Give the word for a kind ("province", "airbase") that stands behind a name, and its end."""
    lowers = words.lowers
    size, n = len(lowers), end
    if n < size and lowers[n] == "'s":
        n += 1
    while n < size and lowers[n] in _MODIFIERS:
        n += 1
    if n >= size:
        return "", end
    word = lowers[n]
    if word == "air" and n + 1 < size and lowers[n + 1] in {"base", "bases"}:
        return "airbase", n + 2
    if (word in _AREA_KINDS or word in _SITE_KINDS) and lowers[n - 1] != ",":
        return word, n + 1
    if word.rstrip("s") in _SITE_KINDS:
        return word.rstrip("s"), n + 1
    return "", end


def beside_kind(words: Words, first: int, end: int) -> bool:
    """Whether a word for a kind of settlement stands beside a name: "P town", "the town of P"."""
    before, behind = words.lowers[max(0, first - 2) : first], words.lowers[end : end + 1]
    led = before[1:] == ["of"] and before[0] in _KINDS
    return led or (bool(behind) and behind[0] in _SETTLEMENT_KINDS)


def leads_to_kind(words: Words, end: int) -> bool:
    """Whether "and Y districts" or ", a strategic town" follows a name."""
    ahead = words.lowers[end : end + 7]
    if ahead[:1] == [","] and ahead[1:2] and ahead[1] in _ENGLISH_ARTICLES:
        return not _SETTLEMENT_KINDS.isdisjoint(ahead[2:6])
    if not ahead or ahead[0] not in {"and", ","}:
        return False
    for n, word in enumerate(ahead):
        if word in _PLURAL_KINDS:
            return n > 0
        if word not in {"and", ",", "-", "the"} and not words.texts[end + n][:1].isupper():
            return False
    return False


def leads_to_quarters(words: Words, end: int) -> bool:
    """Whether ", Q and R neighborhoods" follows a name."""
    for n in range(end, min(end + 12, len(words.lowers))):
        word = words.lowers[n]
        if word in _NEIGHBORHOODS:
            return n > end
        joins = word in _PLACE_JOINS or word in _ARTICLES
        if not joins and not words.texts[n][:1].isupper():
            return False
    return False


def in_company(seen: Sighting, end: int, kind: str) -> bool:
    """
    Whether a name of the theater means its place here.

    Parameters
    ----------
    seen, end
        Where it begins, and the word behind it.
    kind
        Kind of the place.
    """
    words, _, _, first, content, at_home, found = seen
    if kind == "border":
        return at_home
    if not _written_as_name(words, content, end) or _of_other_name(words, end):
        return False
    if kind == "city":
        return True
    texts, lowers = words.texts, words.lowers
    named = first > 1 and texts[first - 1][:1].isupper()
    joined = named and lowers[first - 1] not in _NO_NAMES and not beside(found, first)
    if not at_home or joined:
        return False
    if kind == "village" and end - content == 1:
        return _village_in_company(words, first, end, found)
    capital = end < len(texts) and texts[end][:1].isupper()
    return not (capital and end - content == 1 and len(texts[content]) < 5)


def _written_as_name(words: Words, content: int, end: int) -> bool:
    """Whether the words of a name have capitals, but for the small ones among them."""
    return not any(
        words.texts[n][:1].islower()
        and words.lowers[n] not in _SMALL
        and not (words.starts[n] and content < end - 1)
        for n in range(content, end)
    )


def _of_other_name(words: Words, end: int) -> bool:
    """Whether what follows makes a name that of something else: "P University", "P-born"."""
    after = words.texts[end : end + 1]
    following = words.lowers[end + 1] if end + 1 < len(words.texts) else ""
    if not after:
        return False
    organization = after[0][:1].isupper() and words.lowers[end] in _ORGANIZATIONS
    born = after[0] == "-" and following in {"born", "based"}
    return organization or born or (after[0] == "," and following in _STATES)


def announces_list(before: Sequence[str]) -> bool:
    """Whether the words before a colon tell of places: "seven villages", "the following today"."""
    return not (_PLURAL_KINDS.isdisjoint(before) and _ANNOUNCES.isdisjoint(before))


def _opens_list(words: Words, first: int, end: int) -> bool:
    """Whether a list begins with a name: "P, Q and R were", "seven villages – P, Q and R"."""
    announced = words.lowers[end : end + 1] == ["and"] and (
        not _THEIRS.isdisjoint(words.lowers[end + 1 : end + 2])
    )
    if not announced and words.lowers[end : end + 1] not in ([","], ["and"], ["&"]):
        return False
    before = words.lowers[first - 1] if first else ""
    if before in _DASHES and announces_list(words.lowers[:first]):
        return True
    following = words.texts[end + 1 : end + 2]
    named = bool(following) and (following[0][:1].isupper() or words.lowers[end + 1] in _ARTICLES)
    return before in _LIST_SIGNS and named


def befallen(words: Words, end: int) -> bool:
    """Whether what befalls places is told behind a name: "P has been captured", "P fell"."""
    lowers, n = words.lowers, end
    if lowers[end : end + 1] != [] and lowers[end] in _FALLS:
        return True
    while n < len(lowers) and (lowers[n] in _BEFORE_BEFALLEN or lowers[n].endswith("ly")):
        n += 1
    helped = n > end and not _HELPS.isdisjoint(lowers[end:n])
    if not helped or n == len(lowers):
        return False
    if lowers[n] in _BEFALLS:
        return lowers[n + 1 : n + 2] not in (["to"], ["prisoner"])
    return lowers[n] in _HELD_IN and not _CONTROL.isdisjoint(lowers[n + 1 : n + 6])


def goes_on_listing(words: Words, first: int, found: list[Mention]) -> bool:
    """Whether a list goes on to a name: "P, then Q", "P, followed by Q", "P as well as Q"."""
    before = words.lowers[max(0, first - 3) : first]
    if not found or first - found[-1].last > _LONGEST_JOIN:
        return False
    return not _LIST_RESUMES.isdisjoint((before[-1], " ".join(before[-2:])))


def _village_in_company(words: Words, first: int, end: int, found: list[Mention]) -> bool:
    lowers = words.lowers
    lead = lead_of(words, first)
    before = lowers[lead] if lead >= 0 else ""
    after = lowers[end] if end < len(lowers) else ""
    if after and words.texts[end][:1].isupper() and after not in _KINDS:
        return False
    if after == "'s" or after in _SPEECH_FORMS:
        return False
    beside_it = lowers[first - 1] if first else ""
    if (
        not _LEADS_TO_VILLAGE.isdisjoint((before, beside_it))
        or after in _KINDS
        or _opens_list(words, first, end)
    ):
        return True
    if before in _SENTENCE_SIGNS and len(words.texts[first]) >= _TELLING:
        following = lowers[end + 1] if end + 1 < len(lowers) else ""
        told = after == "," and following in _HELD | _TAKES_PLACE  # "P, held by A, was taken"
        return told or after in _HELD_OUT or (after in _WAS and following in _TAKES_PLACE)
    if befallen(words, end) or goes_on_listing(words, first, found):
        return True
    joined = before in {",", "and", "or", "-"} and bool(found)
    return (joined and first - found[-1].last <= 3) or beside(found, first, words)
