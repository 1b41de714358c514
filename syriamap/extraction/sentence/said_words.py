"""
The words of a sentence, asked: verbs and their forms, whom pronouns mean, what only describes.

Words that may stand between are passed over, those that may not end the search. What a pronoun
means comes from the sentence itself or from the
:class:`~syriamap.extraction.sentence.memory.Memory` of those before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_word_tables, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.lexicon.vocabulary import Frame, Lexicon
    from syriamap.extraction.sentence.items import Item, Sentence
    from syriamap.extraction.sentence.memory import Memory

__all__ = ["Wording"]

_WORDS = read_words()
_OBJECT_ENDS = _WORDS["stops"] | _WORDS["object_ends"]
_BEFORE_NOUN = _WORDS["before_speech_noun"]
_PREFIXES = _WORDS["prefixes"] | _WORDS["hyphened_prefixes"]
_AGAINST_VERBS = _WORDS["against_verbs"]
_ALLIES = frozenset({"ally", "allies"})
_BETWEEN_SUBJECTS = _WORDS["between_subjects"]
_ALLIED = _WORDS["allied"]
_AUXILIARIES = _WORDS["auxiliaries"]
_BARE_GROUPS = _WORDS["bare_groups"]
_BE = _WORDS["be"]
_BEFORE_CONTROL = _WORDS["before_control"]
_FORCES = _WORDS["forces"]
_GROUPS = _WORDS["groups"]
_GROUP_NOUN = _WORDS["group_noun"]
_IS_OBLIQUE = _WORDS["is_oblique"]
_OWN = _WORDS["own"]
_RELATIVE_PRONOUNS = _WORDS["relative_pronouns"]
_PASSIVE = _WORDS["passive"]
_SKIP_BEFORE_ACTOR = _WORDS["skip_before_actor"]
_SPEECH_FORMS = _WORDS["speech_forms"]
_SUBJECT_PRONOUNS = _WORDS["subject_pronouns"]
_THESE = _WORDS["these"]
_LED = _FORCES | _GROUPS
"""Nouns of force, those that a name follows: "fighters affiliated with A"."""
_LED_BY = _LED | {"offensive", "rebels"}
_CLAUSE_LEADS = _WORDS["clause_leads"]
_DETERMINERS = _WORDS["english_articles"] | {"-"}
_BEFORE_OBJECT = _WORDS["before_object"]
_WEIGHED = _WORDS["weighed"]
_ATTRIBUTE_LEADS = _WORDS["attribute_leads"]
_NO_OBJECT_LEADS = _WORDS["no_object_leads"]
_STATELESS_GROUPS = _WORDS["stateless_groups"]
_PLURAL_KINDS = _WORDS["plural_kinds"]
_SUBORDINATES = _WORDS["subordinates"]
_JOINS_SUBJECTS = frozenset({"and", "&", "+"})
_FINITE = frozenset({"past", "either"})
_MEMBERS = _WORDS["members"]
_SPOKEN_FOR = frozenset({"for", "of"})
_HEROES = _WORDS["heroes"]
_BESIDE_DAY = frozenset({",", "on"})
_TELLS_DOER = frozenset({"by", "to"})
"""Behind a word of speech they tell who did it: "claimed by A", "believed to be of A"."""
_BEFORE_GERUND = _WORDS["before_gerund"]
_HARMED = _WORDS["harmed"]
_BEFORE_VERB = _AUXILIARIES | _SUBJECT_PRONOUNS | _WORDS["before_verb"] | _FORCES
_OWN_NOUN = _WORDS["telling_nouns"]
_TIMES = _WORDS["times"]
_LANDS = _WORDS["lands"]
_OWN_DEEDS = _WORDS["battle"] | _WORDS["stand_for_doer"]
_QUOTATION = frozenset("\"“”‘’'")
_COUNTS = frozenset(read_word_tables()["counts"]) | _WORDS["many"]
_REPORTED = _WORDS["reported_forms"]
_OWNED_NOUNS = _WORDS["event_nouns"]
_ONLY_TELLING = _WORDS["only_telling"]
_NO_ADVERBS = _WORDS["no_adverbs"]
_BEFORE_OWNER = _WORDS["before_owner"]
_NAME_LEADS = _WORDS["name_leads"]
_ENDS_OF_RULE = _WORDS["ends_of_rule"]
_OPENING = 4
"""A clause that begins so early opens its sentence."""


class Wording:
    """
    A sentence whose words are asked what they are and stand beside.

    Parameters
    ----------
    sentence
        With its names found.
    lexicon
        The frames and words.
    memory
        What the sentences before spoke of.
    """

    def __init__(self, sentence: Sentence, lexicon: Lexicon, memory: Memory) -> None:
        self.sentence = sentence
        self.items = sentence.items
        self.lowers = sentence.lowers
        self.size = len(self.lowers)
        self.lexicon = lexicon
        self.memory = memory
        verbs = lexicon.verbs
        self.verbs: dict[int, tuple[int, str, Frame]] = {
            n: verb
            for n, word in enumerate(self.lowers)
            if word in verbs and (verb := self._verb(n)) is not None
        }

    # --- looking at items ---------------------------------------------------------------------

    def lower(self, n: int) -> str:
        """Item in lower case; empty beyond the ends."""
        return self.lowers[n] if 0 <= n < self.size else ""

    def item(self, n: int) -> Item | None:
        """Item, None beyond the ends."""
        return self.items[n] if 0 <= n < self.size else None

    def capital(self, n: int) -> bool:
        """Whether an item is written with a capital, as an unknown name is."""
        at = self.items[n].start - self.sentence.start
        return self.sentence.text[at : at + 1].isupper()

    def capital_at(self, n: int) -> bool:
        """Whether a word with a capital stands at an item, if there is one."""
        return n < self.size and self.items[n].kind == "w" and self.capital(n)

    def _verb(self, n: int) -> tuple[int, str, Frame] | None:
        """The frame whose verb stands here: the item after it, the form, the frame."""
        if self.items[n].kind != "w" or (self.lowers[n] in _FORCES and self._is_force(n)):
            return None
        if n > 1 and self.lowers[n - 1] == "-" and self._is_half(n):
            return None
        following = self.lower(n + 1)
        plain: tuple[int, str, Frame] | None = None
        for rest, form, frame in self.lexicon.verbs[self.lowers[n]]:
            if plain is not None and not (frame.needs and len(rest) == plain[0] - n - 1):
                continue
            if rest and rest[0] != following and rest[0] not in _WEIGHED:
                continue
            end = self._behind(n + 1, rest)
            if not end:
                continue
            if not frame.needs:
                plain = plain or (end, form, frame)
            elif self._has_noun(n, end, form, frame, early=plain is not None):
                return end, form, frame
        return plain

    def _behind(self, first: int, rest: Sequence[str]) -> int:
        """The item behind the other words of a verb that begin at an item; 0 without them."""
        end = first
        for word in rest:
            while end > first and self._tells_day(end):
                end += 1  # "took control, on Friday, of"
            while word in _WEIGHED and self.lower(end) in _BEFORE_CONTROL:
                end += 1
            while end > first and self.lower(end) in _QUOTATION and self.lower(end) != word:
                end += 1  # "announced the 'liberation' of"
            if self.lower(end) != word:
                return 0
            end += 1
        return end

    def _has_noun(self, n: int, end: int, form: str, frame: Frame, *, early: bool) -> bool:
        """Whether the noun that a verb needs stands behind it, or before it in the passive."""
        done = form in {"part", "either"}
        fired = done and self.lower(n - 1) in frame.needs and self.lower(n + 1) == "by"
        passive = fired or (done and self.needed_before(n, frame.needs))
        return passive or self._needed(end, frame.needs, early=early)

    def needed_before(self, n: int, needs: frozenset[str]) -> bool:
        """Whether a noun that a verb needs is its subject: "control was imposed on P"."""
        if not self.passive(n):
            return False
        for k in range(self.back(n), max(-1, self.back(n) - 5), -1):
            if self.lowers[k] in needs:
                return True
            if self.items[k].kind in {"p", "a"} or self.lowers[k] in _OBJECT_ENDS:
                return False
        return False

    def _needed(self, end: int, needs: frozenset[str], *, early: bool) -> bool:
        """Whether a noun that a verb needs follows it, if `early` before any place and actor."""
        for k in range(end, min(end + 8, self.size)):
            if self.lowers[k] in needs:
                return True
            if early and (self.items[k].kind in {"p", "a"} or self.lowers[k] in _OBJECT_ENDS):
                return False
        return False

    def _is_half(self, n: int) -> bool:
        """Whether a word is the second half of another: "the long-besieged town"."""
        joined = self.items[n - 1].end == self.items[n].start
        return joined and self.lowers[n - 2] not in _PREFIXES

    def past_days(self, n: int) -> int:
        """The item behind the words for a day that begin at an item: "on Friday evening"."""
        while n < self.size and (self._tells_day(n) or self.lowers[n] in _TIMES):
            n += 1
        return n

    def _tells_day(self, n: int) -> bool:
        """Whether a day, or a sign before or behind one, stands at an item."""
        if n >= self.size or self.items[n].kind == "d":
            return n < self.size
        if self.lower(n) not in _BESIDE_DAY:
            return False
        beside = (*self.items[n - 1 : n], *self.items[n + 1 : n + 3])
        return any(one.kind == "d" for one in beside)

    def _is_force(self, n: int) -> bool:
        """Whether a word that may be a verb is whom an actor's name belongs to: "A forces"."""
        return n > 0 and self.items[n - 1].kind == "a"

    def back(self, n: int) -> int:
        """The item before `n`, or the last one, that is no auxiliary and no day."""
        n = min(n, self.size) - 1
        while n >= 0 and (
            self.lower(n) in _AUXILIARIES
            or self.items[n].kind == "d"
            or self._is_adverb(n)
            or (self.lower(n) in _REPORTED and self.lower(n - 1) in _BE)
        ):
            n -= 1
        return n

    def _is_adverb(self, n: int) -> bool:
        """Whether "previously" or its like stands here."""
        word = self.lowers[n]
        return word.endswith("ly") and self.items[n].kind == "w" and word not in _NO_ADVERBS

    def passive(self, n: int) -> bool:
        """Whether a form of "to be" stands before a participle."""
        k = n - 1
        between = _PASSIVE
        while k >= 0 and (
            self.items[k].kind == "d" or self.lower(k) in between or self._is_adverb(k)
        ):
            k -= 1
        return k >= 0 and self.lower(k) in _BE

    def agent(self, n: int, *, of_noun: bool = False) -> str:
        """The actor after "by", to the right of a participle, or of a noun and before any verb."""
        for k in range(n, min(n + 14, len(self.items) - 1)):
            if self._ends_agent(k, of_noun=of_noun):
                return ""
            if self.lower(k) == "by":
                if of_noun and k - 1 > n and self.lower(k - 1) in self.lexicon.nouns:
                    return ""  # "a retreat from P after a siege by B"
                # "P is besieged but for a road to Q, held by A"
                other = k - 1 > n and k - 1 in self.verbs and self._of_noun(k - 1)
                return "" if other else self._behind_by(k)
        return ""

    def _ends_agent(self, k: int, *, of_noun: bool) -> bool:
        """Whether another clause begins, or a verb stands, before any "by"."""
        said = self.lower(k) in _SPEECH_FORMS
        told = said and self.lower(k + 1) in _TELLS_DOER
        if (said and not told) or self.lower(k) in {";", "but", "while"}:
            return True
        return of_noun and not told and k in self.verbs and self.verbs[k][1] in _FINITE

    def _behind_by(self, k: int) -> str:
        """The actor or the group right behind "by"."""
        for m in range(k + 1, min(k + 7, len(self.items))):
            named = self.items[m].actor if self.items[m].kind == "a" else self.group_at(m)
            if named:
                return named
            ends = self.lower(m) in {",", "."} or self.items[m].kind == "p"
            if ends or self.lower(m) in _SPEECH_FORMS:
                return ""  # "reached by phone said"
        return ""

    def _of_noun(self, k: int) -> bool:
        """Whether a participle describes the noun before it: "villages held by A"."""
        before = self.items[k - 1]
        return before.lower == "," or (before.kind == "w" and before.lower in _PLURAL_KINDS)

    # --- subjects -----------------------------------------------------------------------------

    def speaks(self, k: int) -> bool:
        """Whether a form of a verb of speech is one here, and no noun: "the state", "a report"."""
        return self.lower(k - 1) not in _BEFORE_NOUN

    def group_at(self, k: int) -> str:
        """The actor that "the group" at an item means; empty where none stands there."""
        if self.lower(k) not in _GROUP_NOUN or self.lower(k - 1) not in _THESE:
            return ""
        told = self.by_noun(k)
        if told or self.lower(k) in _ONLY_TELLING:
            return told
        told = self.remembered(k, stateless=self.lower(k) in _STATELESS_GROUPS)
        return told or self.unnamed(k)

    def by_noun(self, k: int) -> str:
        """The actor whose name ended with the noun that stands here: "the factions"."""
        noun = next((one for one in self.lowers[k : k + 4] if one in _GROUP_NOUN), "")
        if not noun or noun not in _OWN_NOUN:
            return ""
        if noun in _HEROES:
            return self.memory.last_voice()
        if noun == "latter" and any(one.kind == "a" for one in self.items[:k]):
            return next(one.actor for one in reversed(self.items[:k]) if one.kind == "a")
        for one in reversed(self.items[:k]):
            if one.kind == "a" and one.lower != noun and noun in _ends_of(one.lower):
                return one.actor
        return self.memory.last_called(noun)

    def unnamed(self, k: int) -> str:
        """Whom the noun that stands here means where nobody was named before."""
        known = (self.lexicon.unnamed_on(one, self.memory.day) for one in self.lowers[k : k + 4])
        return next(filter(None, known), "")

    def stateless(self, k: int) -> bool:
        """Whether a noun is one that no state's army is called by: "the group"."""
        ahead = self.lowers[k : k + 4]
        return not _STATELESS_GROUPS.isdisjoint(ahead)

    def is_beneath(self, k: int) -> bool:
        """Whether an actor is the subject of a clause within another actor's."""
        for m in range(k - 1, max(0, k - 5), -1):
            word = self.lower(m)
            if word in _SUBORDINATES and self.items[m].kind == "w":
                told = word == "that" and self.lower(m - 1) in _SPEECH_FORMS
                if word == "when" and m > 0 and not told:
                    return True
                return not told and any(
                    one.kind == "a" and one.note != "adjective" and not self.is_oblique(x)
                    for x, one in enumerate(self.items[:m])
                )
            if self.items[m].kind == "a" and self.lower(m + 1) == "and":
                continue  # "where A and B fighters had fought"
            if word in {",", ";"} or self.items[m].kind in {"a", "p"} or m in self.verbs:
                return False
        return False

    def _of_target(self, n: int) -> bool:
        """Whether nobody named does it: "A struck tanks that were heading for P"."""
        k = self.back(n)
        if self.lower(k) not in _RELATIVE_PRONOUNS or k < 2 or self.items[k - 1].kind != "w":
            return False
        if self.lower(k) == "who" and self.lower(k - 1) in _FORCES - _GROUP_NOUN:
            return True  # "after the terrorists who had entered P"
        if self.lower(k - 1) in _LANDS:
            return True  # "land which reaches down to P"
        for m in range(k - 1, max(-1, k - 7), -1):
            if self.items[m].kind in {"a", "p"}:
                return False
            if m in self.verbs:
                return self.verbs[m][2].relation == "struck"
        return False

    def _relative(self, n: int) -> str:
        """The actor of "A, who had lost P", even where another preposition leads to it."""
        k = self.back(n)
        if self.lower(k) in _LED and self.lower(k - 1) == "whose":
            k -= 1  # "A, whose fighters hold P"
        elif self.lower(k) not in _RELATIVE_PRONOUNS:
            return ""
        at = k - 2 if self.lower(k - 1) == "," else k - 1
        if self.lower(at) in _GROUP_NOUN and self.lower(at - 1) in _DETERMINERS:
            at -= 3 if self.lower(at - 2) == "," else 0  # "A, a group that holds P"
        before = self.item(at)
        if before is None or before.kind != "a" or before.note == "adjective":
            return ""
        if before.note == "generic" and self.apposed(at):
            return ""
        return before.actor

    def main_subject(self, n: int) -> str:
        """The subject of the clause that follows: "After the capture of P, A will …"."""
        opens = n == 2 and self.lower(0) == "having"
        if not opens and self.lower(n - 2) not in _CLAUSE_LEADS:
            return ""
        doers = [
            k for k, one in enumerate(self.items) if one.kind == "a" and not self.is_oblique(k)
        ]
        before = [k for k in doers if k < n and not self.is_beneath(k)]
        behind = [k for k in doers if k >= n and self.lower(k - 1) not in _SUBORDINATES]
        behind = [k for k in behind if self.lower(k + 1) not in _OWNED_NOUNS]
        behind = [k for k in behind if self.lower(k - 2) not in _RELATIVE_PRONOUNS]
        chosen = before[-1:] if n > _OPENING else behind[:1] or before[-1:]
        if not chosen and self._they_follow(n):
            return self.memory.actor()
        return self.items[chosen[0]].actor if chosen else ""

    def _they_follow(self, n: int) -> bool:
        """Whether "they" do what the main clause tells: "After seizing P, they entered Q"."""
        comma = next((m for m in range(n, self.size) if self.lowers[m] == ","), self.size)
        return "they" in self.lowers[comma + 1 : comma + 3]

    def aside(self, k: int) -> bool:
        """Whether a speech stands between commas: "took P, S said, and went on"."""
        return self.lower(k + 1) == "," and any(
            self.lower(m) == "," for m in range(max(0, k - 7), k)
        )

    def joined_subjects(self, n: int, actor: str) -> list[str]:
        """An actor and those that "and" joins to it, as the subject of what stands at an item."""
        at = next(
            (
                k
                for k in range(n - 1, -1, -1)
                if self.items[k].kind == "a" and self.items[k].actor == actor
            ),
            -1,
        )
        found = [actor]
        told = _RELATIVE_PRONOUNS.intersection(self.lowers[at + 1 : at + 3])
        beneath = at > 0 and bool(told) and self.is_oblique(at)  # "near A and B, who hold P"
        if told == {"which"} and "between" in self.lowers[:at]:
            return found  # "between A and B, which holds P"
        while at > 1:
            k = at - 1
            if self.lower(k) == "(" and self.items[k - 1].actor == actor:
                at = k - 1  # "the Syrian Democratic Forces (SDF)"
                continue
            while k > 0 and (self.lower(k) in _BETWEEN_SUBJECTS or self._is_adjective(k)):
                k -= 1
            if self.lower(k) not in _JOINS_SUBJECTS or self.items[k - 1].kind != "a":
                break
            at = k - 1
            if self.items[at].note != "adjective" and (beneath or not self.is_oblique(at)):
                found.insert(0, self.items[at].actor)
        return list(dict.fromkeys(found))

    def apposed(self, k: int) -> bool:
        """Whether a general name only explains the actor before it: "A, the alliance that"."""
        m = k - 1
        while m > 0 and self.lower(m) in _DETERMINERS:
            m -= 1
        if (
            self.lower(m) == ")"
            and m == k - 1
            and any(self.items[x].kind == "a" for x in range(max(0, m - 2), m))
        ):
            return True
        if self._acts_next(k) and self.lower(m) == "," and self.is_oblique(m - 1):
            return False  # "backed by A jets, the army took P"
        return self.lower(m) == "," and m > 0 and self.items[m - 1].kind == "a"

    def remembered(self, k: int, *, stateless: bool = False, one: bool = False) -> str:
        """
        Give the actor that a pronoun at an item means.

        A group that is no state's if it is `stateless`, and no "rebels" if it is but `one` ("its").
        """
        states = self.lexicon.states if stateless else frozenset()
        several = agent = ""
        for m in range(min(k, len(self.items)) - 1, -1, -1):
            if self.items[m].kind == "a" and (self._speaks_for(m) or not self.is_oblique(m)):
                if self.items[m].actor in states or self.is_past(m):
                    continue
                if self.lower(m + 1) == "'s" and m < k - 2:
                    agent = agent or self.items[m].actor  # "after A's retreat they"
                    continue
                if one and self._are_several(m):
                    several = several or self.items[m].actor
                    continue
                return self.items[m].actor
            if self.items[m].kind == "a" and self._is_agent(m) and not self._flees(k, m):
                agent = agent or self.items[m].actor
            if self.items[m].kind == "a" and self._is_source(m):
                agent = agent or self.items[m].actor
            voice = self.sentence.speakers.get(m) if self.items[m].kind != "a" else None
            if voice is not None and self.lexicon.actor_of_voice(voice[0]):
                if self.lexicon.actor_of_voice(voice[0]) in states:
                    continue
                return self.lexicon.actor_of_voice(voice[0])
        return several or agent or self.memory.actor(states)

    def is_past(self, m: int) -> bool:
        """Whether an actor's end only tells when something was: "since A's fall"."""
        return self.lower(m + 1) == "'s" and self.lower(m + 2) in _ENDS_OF_RULE

    def hit(self, k: int) -> str:
        """Who was struck as "they" at an item did it: "jets bombed A tanks as they entered P"."""
        if k < 4 or self.lower(k - 1) not in _SUBORDINATES:
            return ""
        whom = self.items[k - 2 if self.items[k - 2].kind == "a" else k - 3]
        before = (self.verbs[m] for m in range(k - 3, -1, -1) if m in self.verbs)
        verb = next(before, None)
        struck = verb is not None and verb[2].relation == "struck"
        return whom.actor if struck else ""

    def _is_adjective(self, k: int) -> bool:
        """Whether a people's name stands before "ally": "its Lebanese ally B"."""
        return self.items[k].kind == "w" and self.capital(k) and self.lower(k + 1) in _ALLIES

    def _speaks_for(self, m: int) -> bool:
        """Whether somebody speaks for an actor: "a spokesperson for A"."""
        at = m - 2 if self.lower(m - 1) == "the" else m - 1
        return self.lower(at) in _SPOKEN_FOR and self.lower(at - 1) in _MEMBERS

    def _is_agent(self, m: int) -> bool:
        """Whether an actor does what a passive tells: "was launched by A"."""
        by = m - 2 if self.lower(m - 1) == "the" else m - 1
        return self.lower(by) == "by" and self.passive(by - 1)

    def _is_source(self, m: int) -> bool:
        """Whether "according to" leads to an actor at an item: its is then "its troops"."""
        at = m - 2 if self.lower(m - 1) == "the" else m - 1
        return self.lower(at) == "to" and self.lower(at - 1) == "according"

    def _flees(self, k: int, m: int) -> bool:
        """Whether "they" flee from the actor at an item: "were killed by A as they fled"."""
        verb = self.verbs.get(k)
        by = m - 2 if self.lower(m - 1) == "the" else m - 1
        return verb is not None and verb[2].relation == "withdrew" and self.lower(by - 1) in _HARMED

    def _are_several(self, m: int) -> bool:
        """Whether an actor is named by a noun in the plural: "rebels", "A fighters"."""
        last = self.items[m].lower.rsplit(" ", 1)[-1].rsplit("-", 1)[-1]
        return last.endswith("s") and last in _LED

    def is_oblique(self, k: int) -> bool:  # noqa: PLR0911
        """Whether an actor stands behind a preposition, so that it is no subject."""
        if self._of_infinitive(k) or self._is_object(k):
            return True
        m = self._before_name(k)
        word = self.lower(m)
        if word == "including":  # "the rebels, including A, entered"
            return any(one.kind == "a" for one in self.items[max(0, m - 2) : m])
        if word in {"with", "to"} and self.lower(m - 1) in _ALLIED and self.lower(m - 2) in _LED:
            return False
        after = {self.lower(k + 1), self.lower(k + 2)}
        if word == "for" and "to" in after:
            return False
        if word in _BEFORE_GERUND and k + 1 in self.verbs and self.verbs[k + 1][1] == "ing":
            return False  # "resulted in A seizing P", "with A seizing P"
        if word == "by" and self._by_doer(m, k):
            return False
        if word == "from" and self.lower(m - 1) in _LED:
            return self.lower(m - 2) in _OWN and self.lower(m - 3) == "with"
        if word == "of" and self.items[k].note == "generic" and self._named_head(m):
            return True  # "an A force of five military vehicles"
        if word == "of":
            return self.lower(m - 1) not in _LED and self.items[max(0, m - 1)].kind != "a"
        return word in _SKIP_BEFORE_ACTOR

    def _by_doer(self, m: int, k: int) -> bool:
        """Whether "by" leads to who does it: "forces led by A", "a counterattack by A took P"."""
        if self.lower(m - 1) == "led":
            return self.lower(m - 2) in _LED_BY
        return self.lower(m - 1) in _OWN_DEEDS and self._acts_next(k)

    def _named_head(self, m: int) -> bool:
        """Whether an actor's name, and no bare noun of force, stands before "of" at an item."""
        head = self.items[max(0, m - 1)]
        return head.kind == "a" and head.note != "generic"

    def _before_name(self, k: int) -> int:
        """The word before an actor, those joined to it, and what describes them."""
        m = k - 1
        if self.lower(m - 1) in _DETERMINERS and self._describes(m):
            m -= 1  # "backed by the continued A strikes"
        if m > 1 and self.lower(m - 1) in _NAME_LEADS and self.capital_at(m):
            m -= 1  # "at the expense of Hayyat A", "with Liwa A"
        while m >= 0 and (self.lower(m) in _IS_OBLIQUE or self.lower(m) in _COUNTS):
            joins = self.lower(m) == "and" and m > 0
            if joins and self.items[m - 1].kind == "p" and self._acts_next(k):
                break  # "A left P and B troops moved in"
            if joins and (self.items[m - 1].kind == "a" or self.capital(m - 1)):
                m -= 1
            m -= 1
        return m

    def _acts_next(self, k: int) -> bool:
        """Whether a verb stands right behind an actor, or behind its forces."""
        m = k + 1
        while self.lower(m) in _FORCES:
            m += 1
        verb = self.verbs.get(m)
        return verb is not None and verb[1] in _FINITE

    def _describes(self, m: int) -> bool:
        """Whether a participle describes the actor behind it."""
        word = self.lower(m)
        if word in _TIMES:
            return False  # "by the evening A"
        return self.items[m].kind == "w" and word.endswith(("ed", "ing")) and m not in self.verbs

    def _is_object(self, k: int) -> bool:
        """Whether an actor is whom a verb before it is done to: "A pushed back B and took"."""
        helped = self.verbs.get(k + 1)
        if helped is not None and helped[1] == "base" and not self.lower(k + 1).endswith("s"):
            return False  # "A helped B capture P"
        m = k - 1
        while m > 0 and (self.lower(m) in _BEFORE_OBJECT or self.lower(m).isdigit()):
            m -= 1
        word = self.lower(m)
        if m < 1 or self.items[m].kind != "w" or word in _SPEECH_FORMS or word in _AUXILIARIES:
            return False
        acts = m in self.verbs or word.endswith("ed")
        acts = acts or (word.endswith("ing") and word not in _NO_OBJECT_LEADS)
        if not acts or self.lower(m - 1) == "-" or self._is_attribute(m):
            return False
        unnamed = self.lower(m - 1) in _BARE_GROUPS and self.lower(m).endswith("ed")
        named = (one.kind == "a" and one.note != "adjective" for one in self.items[:m])
        return unnamed or any(named)

    def _is_attribute(self, m: int) -> bool:
        """Whether a participle only describes the actor behind it: "the newly formed A"."""
        before = self.lower(m - 1)
        return before in _ATTRIBUTE_LEADS or (
            before.endswith("ly") and self.lower(m - 2) in _ATTRIBUTE_LEADS
        )

    def _of_infinitive(self, k: int) -> bool:
        """Whether an actor is whom an infinitive is against: "an operation to root out A"."""
        for m in range(max(1, k - 3), k):
            if self.lower(m - 1) != "to" or self.items[m].kind != "w":
                continue
            if self.lower(m) in _AGAINST_VERBS:
                return True
            helped = self.verbs.get(k + 1)
            if not _SUBORDINATES.union(",").isdisjoint(self.lowers[m:k]):
                return False
            if "and" in self.lowers[m:k] and helped is not None and helped[1] == "ing":
                return False  # "led to fighting and A seizing P"
            if m not in self.verbs and not (helped is not None and helped[1] == "base"):
                return self.lower(m) not in _DETERMINERS
        return False

    def stands_as_verb(self, n: int) -> bool:
        """Whether a form that may be a noun too ("control", "advance") is a verb here."""
        k = n - 1
        while k >= 0 and self.items[k].kind == "d":
            k -= 1
        if k < 0 or self.items[k].kind in {"a", "p"}:
            owned = self.lower(k - 1) in _BEFORE_OWNER  # "to A control", "from A control"
            struck = self.lower(n).endswith("s") and k > 0 and self.items[k].kind == "a"
            owned = owned or (struck and self._is_object(k))  # "struck A targets"
            return k >= 0 and self.items[k].note != "adjective" and not owned
        word = self.lower(k)
        return word in _BEFORE_VERB or word.endswith("ly")


def _ends_of(name: str) -> tuple[str, str]:
    """First and last word of a name: "B factions", "mercenaries of B"."""
    words = name.split()
    return words[0], words[-1]
