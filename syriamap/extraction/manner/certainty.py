"""
How a sentence says it: certain or not, who says so, and when it was.

For each event found in a sentence: `denied`, `hypothetical`, `unconfirmed`, `claimed` or
`asserted`; the speaker of the clause that governs it; the day of its clause.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.lexicon.word_files import read_word_tables
from syriamap.extraction.manner.timing import Speech, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence

__all__ = ["DESCRIBING_RULES", "Manner", "doubts", "is_bygone", "manner_of", "speeches_in"]

_WORDS = read_words()
_ACTOR_SPOKEN_OF = _WORDS["actor_spoken_of"]
_BEFORE_INFINITIVE = _WORDS["before_infinitive"]
_BREAKS = _WORDS["breaks"]
_DENIAL = _WORDS["denial"]
_DOUBT_STEMS = _WORDS["doubt_stems"]
_MEMBERS = _WORDS["members"]
_MODALS = _WORDS["modals"]
_NEGATION = _WORDS["negation"]
_NEGATION_ENDS = _WORDS["negation_ends"]
_REAL_MATRIX = _WORDS["real_matrix"]
_RUMORED = _WORDS["rumored"]
_SPEAKING_PRONOUNS = _WORDS["speaking_pronouns"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_SPOKEN_OF = _WORDS["spoken_of"]
_TAKING_NOUNS = _WORDS["taking_nouns"]
_UNREAL = _WORDS["unreal"]
_UNREAL_JOINS = _WORDS["unreal_joins"]
_DOUBT = re.compile(
    rf"(?:{any_of(_WORDS['doubt_openings'])})\s+(?:be\s+)?"
    rf"(?:(?:{any_of(_WORDS['doubt_adverbs'])})\s+)*(?:{any_of(_DOUBT_STEMS)})"
)
_DOUBT_HERE = re.compile(
    rf"(?:{any_of(_WORDS['doubt_here'])})\s+(?:(?:{any_of(_WORDS['doubt_adverbs'])})\s+)*"
    rf"(?:{any_of(_DOUBT_STEMS)})"
)
_UNSEEN = _WORDS["unseen"]
_DOUBT_FIRST = re.compile(rf"\W*(?:{any_of(_WORDS['doubt_first'])}):")
_NO_SIGNS = _WORDS["no_signs"]
_NONE = frozenset({"no", "any"})
_BYGONE = _WORDS["bygone"]
_COUNTS = frozenset(read_word_tables()["counts"])
_CODES = read_word_tables()["speaker_codes"]
_TELLING = _SPEECH_FORMS | {"according", "data"}
_NOUNS_AFTER_TO = frozenset({"hands", "control"})
_IF = frozenset({"if", "unless"})
_CALLED_FOR = _WORDS["called_for"]
_COMMAS = frozenset({",", '"', "”"})
_OWN_SPEECH = _SPEAKING_PRONOUNS | _WORDS["own"] | {"that"}
_WHOSE = "whose"
_WAS_ABLE = _WORDS["be"]
_NEAR = 9
_EFFORTS = _WORDS["efforts"]
_STILL_TO_COME = _WORDS["still_to_come"]
_CONDITIONS = _WORDS["doubting"]
_HELPING = _WORDS["be"] | _WORDS["helping"]
_MODAL_LEADS = _WORDS["modals"] | _WORDS["modal_leads"]
_PAST_FORMS = frozenset({"past", "either"})
_TIME_UNITS = _WORDS["time_units"]
_LASTED = _WORDS["lasted"]
_CLAIMS = _WORDS["claim_nouns"]
_TOLD_NOUNS = _CLAIMS | _WORDS["told_nouns"]
_DENIED_TO = _WORDS["denied_to"]
_ENDS_DENIAL = _WORDS["ends_denial"]
_RELATIVES = frozenset({"which", "who"})
_LONGEST_ASIDE = 14
"""Items of ", which had vowed to stay,"."""
DESCRIBING_RULES = frozenset({"A-held P", "P, an A-held town", "bastion, A-held P"})
"""Rules that read what only describes a place: nothing said of the deed touches that."""


class Manner(NamedTuple):
    """How an event is told: certainty, speaker, day, precision of the day, reasons."""

    certainty: str
    speaker: str
    day: str
    precision: str
    reasons: tuple[str, ...]


def doubts(text: str) -> bool:
    """Whether a sentence says that what is told could not be confirmed."""
    lower = text.lower()
    return any(stem in lower for stem in _DOUBT_STEMS) and _DOUBT.search(lower) is not None


def _doubted_here(text: str) -> bool:
    """Whether a sentence doubts what it tells itself: "has not observed confirmation of"."""
    lower = text.lower()
    if any(phrase in lower for phrase in _UNSEEN) or _DOUBT_FIRST.match(lower) is not None:
        return True
    return any(stem in lower for stem in _DOUBT_STEMS) and (
        _DOUBT.search(lower) is not None or _DOUBT_HERE.search(lower) is not None
    )


def _without_sign(n: int, sentence: Sentence) -> bool:
    """Whether "no indication that" stands before an item."""
    lowers = sentence.lowers
    for k in range(n - 1, 0, -1):
        if lowers[k] in _BREAKS or lowers[k] in _SPEECH_FORMS:
            return False
        if lowers[k] in _NO_SIGNS and lowers[k - 1] in _NONE:
            return True
    return False


def is_bygone(n: int, sentence: Sentence) -> bool:
    """Whether what an item tells was long ago, by words that name no day: "years ago"."""
    following = sentence.lowers[n + 1 :]
    for k, pair in enumerate(pairwise(following)):
        if following[k] in _BREAKS:
            return False
        if " ".join(pair) in _BYGONE:
            return k == 0 or not (following[k - 1].isdigit() or following[k - 1] in _COUNTS)
    return False


def speeches_in(sentence: Sentence, lexicon: Lexicon) -> list[Speech]:
    """Find the speakers of a sentence and what their speech covers."""
    items, lowers = sentence.items, sentence.lowers
    found: list[Speech] = []
    size = len(items)
    for n, word in enumerate(lowers):
        if word not in _TELLING or items[n].kind != "w":
            continue
        if word == "according" and lowers[n + 1 : n + 2] == ["to"]:
            code = _named(sentence, n + 2, min(n + 12, size))
            if not code and "statement" in lowers[n : n + 6]:
                actors = (one.actor for one in items[:n] if one.kind == "a")
                code = next((_CODES.get(one, one) for one in actors), "")
            if code:
                found.append(Speech(code, n, *_around(sentence, n, everything=True)))
        elif word in _SPEECH_FORMS and not (n and lowers[n - 1] == "-"):
            found += _spoken(sentence, n, lexicon)
        elif word == "data" and lowers[n + 1 : n + 2] == ["show"]:
            found.append(Speech("intelligence", n, n, size))
    return found


def _spoken(sentence: Sentence, n: int, lexicon: Lexicon) -> list[Speech]:
    items, lowers = sentence.items, sentence.lowers
    size = len(items)
    code, where, inverted = "", 0, False
    if n and lowers[n - 1] in {",", '"', "”", ";", "“"}:
        code = _named(sentence, n + 1, min(n + 12, size))
        inverted = bool(code)
    if not code:
        code, where = _speaker_before(sentence, n)
    if not code:
        return []
    following = lowers[n + 1] if n + 1 < size else ""
    behind = inverted or _closes_speech(where, n, lowers)
    if not behind and where > 2:
        behind = following in {"", ".", ","} or not any(
            item.kind == "p" or item.lower in lexicon.verbs or item.lower in lexicon.nouns
            for item in items[n + 1 :]
        )
    if behind and any(one.kind == "p" for one in items[:n]):
        first, last = _around(sentence, n, everything=following == "," and not inverted)
        return [Speech(code, n, first, last)]
    last = size
    for k in range(n + 1, size):
        if lowers[k] in {";", "while"} and not sentence.text.count("“"):
            last = k
            break
        if k > n + 2 and lowers[k] in {"confirmed", "said"}:
            speaker, back = _speaker_before(sentence, k)
            if speaker:
                last = back if back > n else last
                break
    return [Speech(code, n, n, last)]


def _closes_speech(where: int, n: int, lowers: Sequence[str]) -> bool:
    """Whether what was said stands before its speaker: "P was taken, A said"."""
    if where < 1:
        return False
    before, following = lowers[where - 1], lowers[n + 1 : n + 2]
    if before == "," and not _OWN_SPEECH.isdisjoint(following):
        return False  # "as B advanced, A said it had left P"
    return before in _COMMAS or before == "“"


def _around(sentence: Sentence, n: int, *, everything: bool) -> tuple[int, int]:
    if everything:
        return 0, len(sentence.items)
    first = 0
    for k in range(n - 1, -1, -1):
        if sentence.items[k].lower in {";"}:
            first = k
            break
    return first, n


def _speaker_before(sentence: Sentence, n: int) -> tuple[str, int]:
    """Who stands before a verb of speech, and where the name begins."""
    items, lowers = sentence.items, sentence.lowers
    for k in range(n - 1, max(-1, n - 18), -1):
        item = items[k]
        voice = sentence.speakers.get(k)
        if voice is not None and voice[1] <= n:
            near = lowers[max(0, k - 4) : k]
            near = near[near.index(",") + 1 :] if "," in near else near
            if item.lower != "governor" and not _SPOKEN_OF.isdisjoint(near):
                continue
            return voice[0], k
        if item.kind == "a":
            led = lowers[max(0, k - 2) : k]
            if not _ACTOR_SPOKEN_OF.isdisjoint(led) and not (
                "of" in led and not _MEMBERS.isdisjoint(lowers[max(0, k - 3) : k])
            ):
                continue
            return _CODES.get(item.actor, item.actor), k
        if k == n - 1 and not any(a <= k < b for a, (_, b) in sentence.speakers.items()):
            name, first = _capitalized(sentence, k)
            if name and first and items[first - 1].kind != "a":
                return name, first
        if item.lower in {";", "that", "but"} or (
            item.kind == "p" and n - k > 6 and lowers[n - 1] != "and"
        ):
            return "", 0
        if item.lower in _SPEAKING_PRONOUNS and n - k <= 2:
            return _speaker_before(sentence, k)[0], k
    return "", 0


def _capitalized(sentence: Sentence, k: int) -> tuple[str, int]:
    """The name that ends at an item, of words with capitals, and where it begins."""
    first = k
    while (
        first >= 0 and sentence.items[first].kind == "w" and _written(sentence, first)[:1].isupper()
    ):
        first -= 1
    first += 1
    name = " ".join(_written(sentence, m) for m in range(first, k + 1))
    return (name, first) if len(name) > 2 else ("", k)


def _written(sentence: Sentence, k: int) -> str:
    item = sentence.items[k]
    return sentence.text[item.start - sentence.start : item.end - sentence.start]


def _named(sentence: Sentence, first: int, last: int) -> str:
    actor = ""
    for k in range(first, last):
        if k in sentence.speakers:
            return sentence.speakers[k][0]
        item = sentence.items[k]
        if item.kind == "a" and not actor:
            actor = _CODES.get(item.actor, item.actor)
        if item.lower in {";"}:
            break
    return actor


def manner_of(
    event: Event, sentence: Sentence, lexicon: Lexicon, speeches: list[Speech], *, doubted: bool
) -> Manner:
    """Tell how an event is told."""
    n = event.trigger
    reasons: list[str] = []
    speech = _governing(n, speeches)
    speaker = speech.speaker if speech else ""
    lasts = event.rule in DESCRIBING_RULES  # "will be taken to A-held P"
    denied = not lasts and (_denied(n, sentence) or _without_sign(n, sentence))
    negated = not lasts and _negated(n, sentence)
    if denied or negated:
        certainty = "denied"
        reasons.append("a word of denial" if denied else "negated")
    elif not lasts and (
        _unreal(n, sentence, finite=_is_finite(n, sentence, lexicon))
        or _still_to_come(n, sentence, lexicon)
    ):
        certainty = "hypothetical"
        reasons.append("not told as having happened")
    elif speech is not None:
        here = doubted or _doubted_here(sentence.text)
        certainty = "unconfirmed" if here else "claimed"
        reasons.append("told by a speaker")
        if here:
            reasons.append("could not be confirmed")
    elif _doubted_here(sentence.text):
        certainty = "unconfirmed"
        reasons.append("could not be confirmed")
    elif _rumored(n, sentence):
        certainty = "claimed"
        reasons.append("reported without a source")
    else:
        certainty = "asserted"
    day, precision, why = day_of(n, event, sentence, speech, speeches, lexicon.forms)
    if why:
        reasons.append(why)
    return Manner(certainty, speaker, day, precision, tuple(reasons))


def _governing(n: int, speeches: list[Speech]) -> Speech | None:
    if not speeches:
        return None
    around = [one for one in speeches if one.first <= n < one.last and one.verb != n]
    own = [one for one in speeches if one.verb == n]
    after = [one for one in around if one.verb < n]
    choice = max(after, key=lambda one: one.verb, default=None)
    if choice is None:
        choice = min(around, key=lambda one: one.verb, default=None)
    return choice or (own[0] if own else None)


def _denied(n: int, sentence: Sentence) -> bool:
    """Whether a word of denial stands in the same part of the sentence."""
    lowers = sentence.lowers
    if _DENIAL.isdisjoint(lowers) and "no" not in lowers:
        return False
    first, last = 0, len(lowers)
    for k in range(n - 1, -1, -1):
        if lowers[k] in _BREAKS or _says_on(k, lowers):
            first = k + 1
            break
    for k in range(n + 1, len(lowers)):
        if lowers[k] in _BREAKS or _says_on(k, lowers) or _disputed_behind(k, lowers):
            last = k
            break
    last = _aside_of_denial(n, first, last, lowers)
    denials = (
        k for k in range(first, last)
        if lowers[k] in _DENIAL or lowers[k : k + 2] == ["no", "truth"]
    )  # fmt: skip
    return any(_reaches(k, n, lowers) for k in denials)


def _reaches(k: int, n: int, lowers: Sequence[str]) -> bool:
    """Whether a word of denial at an item denies the deed at another: not what only describes."""
    if k < n:
        return _DENIED_TO.isdisjoint(lowers[k + 1 : n])  # "denied that A, which holds P, left"
    if not _TOLD_NOUNS.isdisjoint(lowers[max(0, n - _NEAR) : n]):
        return True  # "reports that A took P are false"
    ahead = lowers[k + 1 : k + 3]
    return not ahead or ahead[0] in _ENDS_DENIAL or not _CLAIMS.isdisjoint(ahead[1:])


def _disputed_behind(k: int, lowers: Sequence[str]) -> bool:
    """Whether an aside says that others dispute it: "A said it took P, a claim that B denied"."""
    if lowers[k] != ",":
        return False
    return "which" in lowers[k + 1 : k + 2] or not _CLAIMS.isdisjoint(lowers[k + 2 : k + 3])


def _says_on(k: int, lowers: Sequence[str]) -> bool:
    """Whether a speaker goes on to say something else: "denied that A, and said that B"."""
    return lowers[k] == "and" and lowers[k + 1 : k + 2] != [] and lowers[k + 1] in _SPEECH_FORMS


def _aside_of_denial(n: int, first: int, last: int, lowers: Sequence[str]) -> int:
    """Where what is denied by itself behind a deed begins: "A holds P, denying that B"."""
    begins = (
        k
        for k in range(max(n, first) + 1, last)
        if lowers[k] in _DENIAL and lowers[k].endswith("ing") and lowers[k - 1] in _COMMAS
    )
    return next(begins, last)


def _negated(n: int, sentence: Sentence) -> bool:
    lowers = sentence.lowers
    for k in range(n - 1, max(-1, n - 6), -1):
        word = lowers[k]
        if word in _NEGATION:
            return lowers[k + 1] not in {"only", "longer"}
        if word in _NEGATION_ENDS:
            return False
    return False


def _is_finite(n: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a verb is told as past or present: what others "try to" do does not govern it."""
    lowers = sentence.lowers
    forms = {form for _, form, _ in lexicon.verbs.get(lowers[n], ())}
    k = n - 1
    while k >= 0 and (lowers[k] in _HELPING or lowers[k].endswith("ly")):
        k -= 1
    k -= 2 if lowers[max(0, k - 1) : k + 1] == ["all", "but"] else 0  # "would all but take P"
    if k >= 0 and (lowers[k] in _MODAL_LEADS or lowers[k] in _UNREAL):
        return False
    helped = any(word in _HELPING for word in lowers[k + 1 : n])
    if helped:
        return not forms.isdisjoint(_PAST_FORMS | {"part"})
    return not forms.isdisjoint(_PAST_FORMS) and (k < 0 or sentence.items[k].kind != "p")


def _unreal(n: int, sentence: Sentence, *, finite: bool) -> bool:
    """Whether a deed is not told as having happened: asked, wanted, about to be, possible."""
    lowers = sentence.lowers
    if sentence.text.rstrip("\"”’' ").endswith("?"):
        return True
    if lowers[n] in _TAKING_NOUNS and not _MODALS.isdisjoint(lowers[n + 1 : n + 9]):
        return True
    return _aimed_at(n, lowers) or _led_by_wish(n, sentence, finite=finite)


def _still_to_come(n: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a verb in the present is told to come after the rest: "before A takes P"."""
    forms = {form for _, form, _ in lexicon.verbs.get(sentence.lowers[n], ())}
    if forms != {"base"}:
        return False
    for k in range(n - 1, max(-1, n - _NEAR), -1):
        word = sentence.lowers[k]
        if word in _STILL_TO_COME:
            return True
        if word in _BREAKS or word in {",", "and"} or word in lexicon.verbs:
            return False
    return False


def _aimed_at(n: int, lowers: Sequence[str]) -> bool:
    """Whether an infinitive tells it that nothing makes real: "to capture P"."""
    trigger, k = lowers[n], n - 1
    while k >= 0 and lowers[k] in _BEFORE_INFINITIVE:
        k -= 1
    if k < 0 or lowers[k] != "to":
        return False
    if f"{lowers[k - 1]} to" in _UNREAL and k == n - 1:
        return True  # "are about to control P"
    aimed = k == n - 1 if trigger in {"advance", "push"} else trigger not in _NOUNS_AFTER_TO
    if lowers[k - 1] in _TIME_UNITS and not _LASTED.isdisjoint(lowers[max(0, k - 7) : k]):
        return False  # "it took A ten days to capture P"
    led = lowers[max(0, k - 3) : k]
    nearest = next((word for word in reversed(led) if word in _REAL_MATRIX | _EFFORTS), "")
    return aimed and nearest not in _REAL_MATRIX  # "began an offensive to retake P"


def _led_by_wish(n: int, sentence: Sentence, *, finite: bool) -> bool:
    """
    Whether a word before it, in the same part of the sentence, makes it unreal.

    Of a finite verb only conditions and doubts do: "A, trying to reach P, captured Q".
    """
    lowers = sentence.lowers
    commas = 0
    last = _before_aside(n, lowers)
    for k in range(last - 1, max(-1, last - _NEAR - 3), -1):
        word = lowers[k]
        told = {word, f"{word} {lowers[k + 1]}"}
        if not told.isdisjoint(_CONDITIONS if finite else _UNREAL):
            if not _is_real(k, n, sentence):
                return True
            continue
        if _ends_wish(k, lowers):
            return False
        if word in _UNREAL_JOINS:
            commas += 1
            if commas > 1 or word in {"as", "after"}:
                return False
            if word == "," and 0 < k < n - 1 and sentence.items[k + 1].kind == "a":
                return not _IF.isdisjoint(lowers[max(0, k - 8) : k])
    return False


def _is_real(k: int, n: int, sentence: Sentence) -> bool:
    """Whether a word that is mostly unreal is not so here: "was able to", a month, "before"."""
    lowers, word = sentence.lowers, sentence.lowers[k]
    named = word in {"can", "may"} and sentence.items[k].kind != "w"
    able = word == "able" and lowers[k - 1] in _WAS_ABLE
    called = word == "called" and lowers[k + 1] not in _CALLED_FOR
    return named or able or called or (word == "before" and n - k > 2)


def _ends_wish(k: int, lowers: Sequence[str]) -> bool:
    """Whether another part of a sentence begins at a word, which no wish before it reaches."""
    word = lowers[k]
    if word == "but" and k and lowers[k - 1] == "all":
        return False  # "would all but cut off P"
    if word in {";", "but", "while", "“", "”"} or word == _WHOSE:
        return True
    return word == "that" and bool(k) and lowers[k - 1] not in _UNREAL


def _before_aside(n: int, lowers: Sequence[str]) -> int:
    """Where ", which had vowed to stay," begins that ends right before a verb; else the verb."""
    if lowers[n - 1 : n] != [","]:
        return n
    for k in range(n - 2, max(0, n - _LONGEST_ASIDE), -1):
        if lowers[k] == ",":
            return k if lowers[k + 1] in _RELATIVES else n
    return n


def _rumored(n: int, sentence: Sentence) -> bool:
    return not _RUMORED.isdisjoint(sentence.lowers[max(0, n - 14) : n + 6])
