"""
Engines: what is read off a sentence by the patterns, by a parse, or by both.

With both, what the patterns read is drafted as without the parse; only how sure it is, and what the
parse says to it, is told with it. What the parse alone reads is drafted as a proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.errors import ExtractionError
from syriamap.extraction.drafts import AGREED, LLM, NLP, PATTERNS
from syriamap.extraction.parse.dependency import load_parser, tree_of
from syriamap.extraction.parse.governing import NEGATED
from syriamap.extraction.parse.syntax import parsed_events
from syriamap.extraction.patterns.holdings import holding_words
from syriamap.extraction.patterns.telling import events_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.lexicon.theater_lexicon import Lexicon
    from syriamap.extraction.parse.dependency import Parser
    from syriamap.extraction.parse.syntax import ParsedEvent
    from syriamap.extraction.sentence.deeds import Event
    from syriamap.extraction.sentence.items import Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["BOTH", "ENGINES", "Opinion", "Opinions", "compared"]

BOTH = "both"
"""Patterns and parse, laid beside each other."""

ENGINES = (PATTERNS, NLP, BOTH)
"""What may read."""

_STEPS = ("low", "medium", "high")


class Opinion(NamedTuple):
    """
    An event, who reads it, and what the other engine says.

    Attributes
    ----------
    event
        What is read.
    engine
        `patterns`, `nlp` or `patterns+nlp`.
    step
        How many steps more or less sure it is than by its rule alone.
    unreal
        How the parse has it that it did not happen; empty where it does not.
    says
        What the other engine reads there, in words.
    """

    event: Event
    engine: str = PATTERNS
    step: int = 0
    unreal: str = ""
    says: str = ""

    def judged(self, confidence: str, certainty: str) -> tuple[str, str]:
        """
        Confidence and certainty with the second opinion, from those without.

        Where the parse has it that something did not happen and the words around say nothing of
        the kind, the patterns' draft is one step less sure, and the parse's own is no fact.
        """
        step = self.step
        if self._doubts(certainty):
            step = min(step, 0) - 1
            if self.engine == NLP:
                certainty = "denied" if self.unreal == NEGATED else "hypothetical"
        place = _STEPS.index(confidence) + step
        return _STEPS[max(0, min(len(_STEPS) - 1, place))], certainty

    def proposal(self, certainty: str) -> bool:
        """Whether nobody should accept it without a look: one engine contradicts the other."""
        return self.engine == NLP or self.step < 0 or self._doubts(certainty)

    def reasons(self, certainty: str) -> list[str]:
        """Give what the other engine says, in words, for a draft of some certainty."""
        doubt = f"the parse reads: {self.unreal}" if self._doubts(certainty) else ""
        return [one for one in (self.says, doubt) if one]

    def _doubts(self, certainty: str) -> bool:
        return bool(self.unreal) and certainty not in {"denied", "hypothetical"}


class Opinions:
    """
    What reads sentences.

    Parameters
    ----------
    engine
        One of :data:`ENGINES`.
    lexicon
        The frames and words.
    parser
        Parses words; the model of the extra ``nlp`` when not given, loaded only if it is needed.

    Raises
    ------
    ExtractionError
        If there is no such engine, or what it needs is not installed.
    """

    def __init__(self, engine: str, lexicon: Lexicon, parser: Parser | None = None) -> None:
        if engine not in ENGINES:
            known = ", ".join((*ENGINES, LLM))
            raise ExtractionError(f"{engine!r} is no engine; {known} would do")
        self.engine, self._lexicon = engine, lexicon
        self._parser = parser if parser or engine == PATTERNS else load_parser()

    def speaks(self, opinion: Opinion) -> bool:
        """Whether what is read may be what later sentences speak of: beside patterns, theirs."""
        return self.engine == NLP or opinion.engine != NLP

    def of(self, sentence: Sentence, memory: Memory) -> list[Opinion]:
        """
        Read a sentence.

        Parameters
        ----------
        sentence
            With its names found.
        memory
            What the sentences before spoke of.
        """
        events = [] if self.engine == NLP else events_in(sentence, self._lexicon, memory)
        if self._parser is None or not self._tells(sentence):
            return [Opinion(event) for event in events]
        tree = tree_of(sentence, self._parser)
        parsed = parsed_events(sentence, tree, self._lexicon, memory)
        if self.engine == NLP:
            return [Opinion(one.event, NLP, unreal=one.unreal) for one in parsed if one.actors]
        return compared(events, parsed, sentence)

    def _tells(self, sentence: Sentence) -> bool:
        """Whether there is a word at which anything could be read; parsing takes its time."""
        lexicon = self._lexicon
        words = (item.lower for item in sentence.items if item.kind == "w")
        return any(
            word in lexicon.verbs or word in lexicon.nouns or word in holding_words()
            for word in words
        )


def compared(
    events: Sequence[Event], parsed: Sequence[ParsedEvent], sentence: Sentence
) -> list[Opinion]:
    """
    Lay what the patterns read beside what the parse reads.

    Parameters
    ----------
    events
        From the patterns; each gives one opinion, in their order.
    parsed
        From the parse; what no event agrees with follows.
    sentence
        Where the words stand.
    """
    opinions = []
    agreed: set[int] = set()
    for event in events:
        there = [one for one in parsed if one.event.place.start == event.place.start]
        same = [
            one
            for one in there
            if one.event.relation == event.relation and event.actor in one.actors
        ]
        agreed |= {id(one) for one in same}
        if same:
            opinions.append(Opinion(event, AGREED, 1, same[0].unreal))
            continue
        against = [one for one in there if _contradicts(event, one)]
        said = "; ".join(
            f"the parse reads: {_words(one.event, sentence, one.subject)}" for one in against
        )
        opinions.append(Opinion(event, PATTERNS, -1 if against else 0, says=said))
    for one in parsed:
        if id(one) in agreed or not one.actors:
            continue
        against_it = [
            event
            for event in events
            if event.place.start == one.event.place.start and _contradicts(event, one)
        ]
        said = "; ".join(f"the patterns read: {_words(event, sentence)}" for event in against_it)
        said = said or "only the parse reads this"
        opinions.append(Opinion(one.event, NLP, -2, one.unreal, said))
    return opinions


def _contradicts(event: Event, parsed: ParsedEvent) -> bool:
    """Whether two readings of a word and a place cannot both be meant: same deed or same doer."""
    other = parsed.event
    if event.trigger != other.trigger:
        return False
    return not parsed.actors or (event.relation == other.relation) != (event.actor in parsed.actors)


def _words(event: Event, sentence: Sentence, subject: str = "") -> str:
    who = event.actor or f'"{subject}", which is no actor,'
    return f'{who} {event.relation} by "{sentence.items[event.trigger].lower}"'
