"""
Who does what an Arabic verb or verbal noun tells.

The doer stands behind the verb as a rule; else it was named before: in front of the relative
pronoun, as the subject of the clause, as whose speech it is. Behind a verbal noun it stands in the
genitive ("the withdrawal of A"), and is then no subject of anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from syriamap.extraction.arabic.script import arabic_lists, arabic_tables, bare
from syriamap.extraction.arabic.verb_forms import deed_forms, is_form, read_deeds

if TYPE_CHECKING:
    from syriamap.extraction.arabic.arranged import Scene
    from syriamap.extraction.arabic.troops import NamedActor
    from syriamap.extraction.arabic.verb_forms import Deed

__all__ = ["Doer", "Subjects"]

_LISTS = arabic_lists()
_OBLIQUE = _LISTS["oblique"]
_SIGNS = _LISTS["quotes"] | {"(", ")"}
_COMMAS = frozenset({"،", ","})
_OF_PEOPLE = frozenset({"الذين"})
_RELATIVE = _LISTS["relative"]
_UNITS = _LISTS["units_of"] | _LISTS["forces"] | _LISTS["part_of_force"]
_OF = frozenset({"من"})
_MASDARS = deed_forms("masdar") | _LISTS["event_nouns"]
_VERBS = deed_forms("past")
_LEADING = _LISTS["asides"] | _LISTS["oblique"] | _LISTS["leads"]
_SPEECH = _LISTS["speech"]
_GOVERNING = _SPEECH | _LISTS["light"]
_THAT = frozenset({"ان", "بان"})
_KINDS = _LISTS["settlement_kinds"] | _LISTS["site_kinds"] | _LISTS["place_anaphors"]
_OBJECTS = _KINDS.union(_LISTS["parts"], _LISTS["also"], _MASDARS, _LISTS["struck_in"])
_BELONGS = _LISTS["belongs"]
_NEUTRAL = frozenset({"عناصر", "مسلحي"})
_PLURALS = tuple(sorted(_LISTS["plural_endings"]))
_FEMININE = _LISTS["feminine"]
_FORCED = 7
_AFTERWARD = _LISTS["asides"] | _OBLIQUE
_SUFFIXES = sorted(arabic_tables()["owner_suffixes"], key=len, reverse=True)
_FORWARD = frozenset({"captured", "contested", "advanced_toward"})
_REACH = 12
"""Words between a verb and the subject behind it."""


class Doer(NamedTuple):
    """Who does a deed, how that was found, and who else does it with them."""

    actor: str
    rule: str
    others: tuple[str, ...] = ()


_NOBODY = Doer("", "")


class Subjects:
    """
    Who does what in a sentence.

    Parameters
    ----------
    scene
        The sentence, taken apart.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.roles: list[str] = []
        for one in scene.actors:  # what "and" joins has the role of what stands before
            self.roles.append(self._role(one))

    def free(self) -> list[NamedActor]:
        """Give the actors that may be the subject of a verb."""
        return [
            one for one, role in zip(self.scene.actors, self.roles, strict=True) if role == "free"
        ]

    def of(self, n: int, deed: Deed, ends: int) -> Doer:
        """
        Find who does a deed.

        Parameters
        ----------
        n, deed
            Its word, and which it is.
        ends
            The word at which its place begins: nobody behind it does it.
        """
        if deed.agrees == "we":
            return Doer(self._voice(n), "active")
        told = self._told_behind(n, deed, ends)
        if told is None and deed.form == "participle":
            told = self._described(n)
        if told is None:
            told = self._told_here(n, deed)
        if told is not None:
            return told
        masdar = deed.form == "masdar"
        before = self._before(n, deed)
        if before is not None:
            return self._with_others(before, "verbal noun" if masdar else "active")
        return self._remembered(n, deed)

    def _told_behind(self, n: int, deed: Deed, ends: int) -> Doer | None:
        """Who stands behind a deed as its doer; None where nobody can."""
        if (deed.form == "masdar" and deed.suffix) or self._is_expelled(n, deed, ends):
            return None
        behind, known = self._behind(n, deed, ends)
        return known if behind is None else self._with_others(behind, "active")

    def _told_here(self, n: int, deed: Deed) -> Doer | None:
        """Who does a deed by the words before it in its clause; None where none of them tells."""
        masdar = deed.form == "masdar"
        anaphor = self._anaphor_before(n, deed)
        if anaphor >= 0:
            return self.anaphor(anaphor)
        if masdar:
            alone = not deed.suffix and not self._governed(n, deed)
            forced = any(self.scene.is_any(k, "forcing") for k in range(max(0, n - _FORCED), n))
            return _NOBODY if alone or forced else None  # "forced them to withdraw"
        if self._unknown_before(n):
            return _NOBODY
        led = self._antecedent(n)
        if led is not None:
            return self._with_others(led, "active")
        return _NOBODY if self._of_others(n) else None

    def _is_expelled(self, n: int, deed: Deed, ends: int) -> bool:
        """Whether the actor behind a deed is driven out by it: "and the expulsion of A from P"."""
        if deed.name != "expel":
            return False
        behind = [one for one in self.scene.actors if n < one.first < min(ends, n + _REACH)]
        before = [one for one in self.free() if one.last <= n]
        return deed.form == "masdar" or (len(behind) == 1 and bool(before))

    def speaker(self, n: int) -> str:
        """Give the actor whose speech a word stands in: "A said that its forces"."""
        for k in range(n - 1, -1, -1):
            if self.scene.is_any(k, "speech"):
                around = [one for one in self.scene.actors if k < one.first < min(n, k + 8)]
                around = around or [one for one in self.scene.actors if one.last == k]
                if around:
                    return around[0].actor
        return ""

    # --- roles --------------------------------------------------------------------------------

    def _role(self, actor: NamedActor) -> str:
        """What the word before an actor makes of it: `free`, `agent` of a noun, `oblique`."""
        scene = self.scene
        k, first = self._phrase_begin(actor)
        known = bare(first, _UNITS)
        prefix = known[2] if known else ""
        prefix = prefix or actor.prefix
        if prefix == "ل":
            nouns = range(max(0, k - 3), k + 1)
            return "agent" if any(self._is_event(m) for m in nouns) else "oblique"
        if prefix:
            return "oblique"
        before = scene.word(k)
        if first[:1] == "و" and k >= 0:
            joined = next((m for m, one in enumerate(scene.actors) if one.last in {k, k + 1}), None)
            if joined is not None:
                return self.roles[joined]
        if self._is_event(k):
            return "agent"
        if before in _OBLIQUE or bare(before, _LISTS["owned_things"]) is not None:
            return "oblique"
        return "free"

    def _phrase_begin(self, actor: NamedActor) -> tuple[int, str]:
        """Step back past "units of": the word before, and the first of the phrase."""
        scene, k = self.scene, actor.first - 1
        first = scene.word(actor.first)
        while k >= 0:
            word = scene.word(k)
            if word in _SIGNS:
                k -= 1
            elif word in _OF and bare(scene.word(k - 1), _UNITS) is not None:
                first, k = scene.word(k - 1), k - 2
            elif bare(word, _UNITS) is not None:
                first, k = word, k - 1
            else:
                break
        return k, first

    def _is_event(self, k: int) -> bool:
        """Whether a noun of an event stands there, whose doer follows in the genitive."""
        known = bare(self.scene.word(k), _MASDARS)
        if known is None or known[0].startswith("ال"):
            return False
        before = self.scene.word(k - 1)
        return known[0] not in _VERBS or before in _LEADING or bool(known[2])

    # --- behind -------------------------------------------------------------------------------

    def _behind(self, n: int, deed: Deed, ends: int) -> tuple[NamedActor | None, Doer | None]:
        """The subject behind a verb; a doer that is nobody where one stands there unknown."""
        scene, loose, units = self.scene, False, False
        last, ends = self._behind_ends(n, ends)
        masdar = deed.form == "masdar"
        for k in range(n + 1, last):
            word = scene.word(k)
            actor = scene.actor_at(k)
            if actor is not None:
                return (actor if self._acts(actor, k, masdar=masdar) else None), None
            if self._stands_alone(k):
                return None, self.anaphor(k)
            if self._passes(k, n) or (word in _BELONGS and self._is_unit(k - 1)):
                units = units or bare(word, _LISTS["units_of"]) is not None
                continue
            if (word in deed.leads and word) or k >= ends or word in _COMMAS:
                break
            spoken_of = self._spoken_of(k)
            if spoken_of is not None:
                return None, spoken_of
            if word in _LISTS["adverbs"] or (word[:1] == "ب" and len(word) > 3):
                loose = True
                continue
            if loose and bare(word, _KINDS) is None:
                continue
            owner = self._belonging(k)
            return (owner, None) if owner is not None else (None, self._unknown(n, k, deed))
        others = units and not (masdar and scene.word(n).startswith("ال"))
        return None, (_NOBODY if others else None)

    def _acts(self, actor: NamedActor, k: int, *, masdar: bool) -> bool:
        """Whether a named actor behind a verb is its subject: no "for A", no "vehicles of A"."""
        before = self.scene.word(k - 1)
        units = bare(before, _UNITS) is not None or before in _BELONGS  # "columns of A"
        prefixed = actor.prefix and not (actor.prefix == "ل" and (masdar or units))
        return not prefixed and bare(before, _LISTS["owned_things"]) is None

    def _spoken_of(self, k: int) -> Doer | None:
        """Who a word without a name stands for: those told before, or people that are nobody."""
        scene, word = self.scene, self.scene.word(k)
        if bare(word, _LISTS["anaphors"]) is not None:
            return self.anaphor(k)
        if bare(word, _LISTS["people"]) is not None:
            return _NOBODY
        if word in _LISTS["made_up"] and scene.word(k - 1) in _LISTS["one_more"]:
            return Doer(scene.memory.actor(), "remembered")
        return None

    def _behind_ends(self, n: int, ends: int) -> tuple[int, int]:
        """Up to where a subject is looked for behind a verb, and where its place begins."""
        last = min(n + _REACH, len(self.scene.words))
        if self.scene.word(ends) not in _LISTS["back"]:
            return last, ends
        # "P, which took it lately A", but "and took it after clashes with A"
        cut = next((k for k in range(n + 1, last) if self.scene.word(k) in _AFTERWARD), last)
        return cut, cut

    def _belonging(self, k: int) -> NamedActor | None:
        """The actor that a unit belongs to: "the 17th division belonging to A"."""
        for m in range(k + 1, k + 5):
            if self.scene.word(m).removeprefix("و") in _BELONGS:
                return self.scene.actor_at(m + 1)
        return None

    def _stands_alone(self, k: int) -> bool:
        """Whether "the forces" stands there for somebody, and belongs to no name."""
        known = bare(self.scene.word(k), _LISTS["anaphors"])
        near = any(self.scene.actor_at(m) is not None for m in (k + 1, k + 2))
        return known is not None and not known[2] and not near

    def _passes(self, k: int, n: int) -> bool:
        """Whether a word may stand between a verb and its subject."""
        scene, word = self.scene, self.scene.word(k)
        if word in _SIGNS or (word in _COMMAS and k == n + 1):
            return True
        if word in _OF:
            described = scene.word(k - 1) in _LISTS["these"]  # "large columns of A"
            return bare(scene.word(k - 1 - described), _UNITS) is not None
        if word in _LISTS["back"] or word in _LISTS["adjectives"] or word.isdigit():
            return True
        if word in _LISTS["these"]:
            return True
        known = bare(word, _UNITS)
        return known is not None and not known[2]

    def _is_unit(self, k: int) -> bool:
        return bare(self.scene.word(k), _UNITS) is not None

    def _unknown(self, n: int, k: int, deed: Deed) -> Doer | None:
        """Nobody, where a noun stands as a subject that is no actor; None where it may be none."""
        word = self.scene.word(k)
        passive = "" in deed.leads or not word.isalpha() or word in _LISTS["ends_name"]
        names = bare(word, _OBJECTS) is not None
        article = deed.form == "masdar" and self.scene.word(n).lstrip("وبل").startswith("ال")
        return None if passive or names or article else _NOBODY

    # --- before -------------------------------------------------------------------------------

    def _anaphor_before(self, n: int, deed: Deed) -> int:
        """Where "its forces" stands as the subject before a deed; -1 if it does not."""
        if deed.form != "masdar":
            known = bare(self.scene.word(n - 1), _LISTS["anaphors"])
            return n - 1 if known is not None and not known[2] else -1
        if not deed.suffix:
            return -1
        nearest = max((one.last for one in self.free() if one.last <= n), default=0)
        for k in range(n - 1, max(nearest, self.scene.clause_begin(n)) - 1, -1):
            known = bare(self.scene.word(k), _LISTS["anaphors"])
            if known is not None and not known[2] and k not in self.scene.taken():
                return k
        return -1

    def _unknown_before(self, n: int) -> bool:
        """Whether somebody unknown does it: "that the convoy headed to P"."""
        scene, word = self.scene, self.scene.word(n - 1)
        if scene.word(n - 2).removeprefix("و") not in _THAT or not word.startswith("ال"):
            return False
        known = _LISTS["anaphors"] | _LISTS["adverbs"] | _LISTS["forces"]
        return word not in known and n - 1 not in scene.taken()

    def _antecedent(self, n: int) -> NamedActor | None:
        """The actor that "which" before a verb means: "A, which took P"."""
        scene, k = self.scene, n - 1
        if scene.word(k) in _LISTS["before_verb"]:
            k -= 1
        if scene.word(k).removeprefix("و") not in _RELATIVE:
            return None
        k -= 1
        while k >= 0 and (
            scene.word(k) in _COMMAS | _SIGNS or scene.word(k) in _LISTS["adjectives"]
        ):
            k -= 1
        return scene.actor_at(k)

    def _of_others(self, n: int) -> bool:
        """Whether "who" before a verb means people that are no actor: "the agents who"."""
        scene = self.scene
        relative = next((k for k in (n - 1, n - 2) if scene.word(k) in _OF_PEOPLE), -1)
        return relative >= 0 and not scene.places_at(relative - 1)

    def _described(self, n: int) -> Doer:
        """The actor that a participle is said of: "the forces of A stationed in P"."""
        before = [one for one in self.scene.actors if one.last <= n and n - one.last <= 3]
        return Doer(before[-1].actor, "verbal noun") if before else _NOBODY

    def _before(self, n: int, deed: Deed) -> NamedActor | None:
        """The subject named before: of the clause, else of the sentence where "and" goes on."""
        scene = self.scene
        owned = deed.form == "masdar" and bool(deed.suffix)
        begin = scene.clause_begin(n)
        named = list(zip(scene.actors, self.roles, strict=True))
        free = [one for one, role in named if role == "free" and one.last <= n]
        near = [one for one in free if one.first >= begin]
        others = [one for one, role in named if role != "free" and begin <= one.first < n]
        asked = [near, others, free] if owned else [near]
        if deed.form != "masdar" and scene.word(n)[:1] == "و":
            asked.append(free)
        wanted = _gender_of_suffix(deed.suffix) if owned else deed.agrees
        for ones in asked:
            fitting = [one for one in ones if self._agrees(one, wanted)]
            if fitting:
                return fitting[-1]
        return next((ones[-1] for ones in asked if ones), None)

    def _agrees(self, actor: NamedActor, wanted: str) -> bool:
        """Whether an actor is of the gender and number that a form asks for."""
        if not wanted:
            return True
        _, first = self._phrase_begin(actor)
        word = first.removeprefix("و")
        word = word if len(word) > 2 else first
        if word in _NEUTRAL or word.startswith("عناصر"):
            return True
        own = actor.feminine and first == self.scene.word(actor.first)
        feminine = own or word.endswith(("ه", "ات")) or word in _FEMININE
        if wanted == "f":
            return feminine
        plural = word.endswith(_PLURALS) or word.startswith("مقاتل")
        return plural if wanted == "p" else not feminine

    def is_feminine_behind(self, n: int) -> bool:
        """Whether whoever stands right behind a word is feminine: "the deployment of forces"."""
        actor = next((one for one in self.scene.actors if n < one.first <= n + 3), None)
        if actor is None:
            return False
        _, first = self._phrase_begin(actor)
        return first in _FEMININE or (actor.feminine and first == self.scene.word(actor.first))

    def _with_others(self, actor: NamedActor, rule: str) -> Doer:
        """A doer, with the actors that "and" joins to its name."""
        others, last = [], actor
        for one in self.scene.actors:
            k = self._phrase_begin(one)[0] + 1
            if k == last.last and self.scene.word(k)[:1] == "و":  # "and factions of B"
                others.append(one.actor)
                last = one
        kept = tuple(one for one in dict.fromkeys(others) if one != actor.actor)
        return Doer(actor.actor, rule, kept)

    # --- named before the sentence --------------------------------------------------------------

    def anaphor(self, k: int) -> Doer:
        """Whom "its forces", "our fighters", "the organization" mean."""
        scene, word = self.scene, self.scene.word(k).removeprefix("و")
        known = bare(scene.word(k), _LISTS["anaphors"])
        word = known[0] if known else word
        if word.endswith("نا"):
            return Doer(self._voice(k), "active")
        suffix = next((one for one in _SUFFIXES if word.endswith(one)), "")
        if suffix and not word.startswith("ال"):
            before = [one for one in self.scene.actors if one.last <= k]
            free = [one for one in self.free() if one.last <= k]
            for ones in (free, before):
                fitting = [one for one in ones if self._agrees(one, _gender_of_suffix(suffix))]
                if fitting:
                    return Doer(fitting[-1].actor, "remembered")
            return Doer(before[-1].actor if before else scene.memory.actor(), "remembered")
        called = self._called(word.removeprefix("ال"), k)
        if called:
            return Doer(called, "remembered")
        free = [one for one in self.free() if one.last <= k]
        return Doer(free[-1].actor if free else scene.memory.actor(), "remembered")

    def _called(self, noun: str, k: int) -> str:
        """Who was called by a noun last: "organization" for "organization A"."""
        for one in reversed(self.scene.actors):
            words = [self.scene.word(m) for m in range(one.first, one.last)]
            if one.last <= k and noun in {word.removeprefix("ال") for word in words}:
                return one.actor
        return self.scene.memory.last_called(noun)

    def _voice(self, n: int) -> str:
        """Whom "our" means: whose speech it is, else whose text."""
        memory = self.scene.memory
        return self.speaker(n) or memory.last_voice() or memory.actor()

    def _remembered(self, n: int, deed: Deed) -> Doer:
        """Whom a deed means whose doer its sentence does not name, if that is clear."""
        scene, following = self.scene, self.scene.word(n + 1)
        weapon = any(scene.is_any(k, "weapons") for k in range(n + 1, n + 4))
        named = [one for one in scene.actors if one.last <= n]
        free = [one for one in self.free() if one.last <= n and self._agrees(one, deed.agrees)]
        named = free or named
        last = named[-1].actor if named else ""
        if deed.relation == "struck":
            if not weapon:
                return _NOBODY
            last = last or scene.memory.actor()
            flown = scene.is_any(n + 1, "aircraft")
            return Doer(last if not flown or last in scene.memory.states else "", "remembered")
        if deed.form == "masdar":
            known = deed.suffix or self._governed(n, deed)
            last = self.speaker(n)
        else:
            known = (
                following in _LISTS["leads"]
                or following in _LISTS["also"]
                or bare(following, _KINDS) is not None
                or bare(following, _LISTS["units_of"]) is not None
                or bool(scene.places_at(n + 1))
                or is_form(following, ("masdar",))
            ) and not self._people_behind(n)
        return Doer(last or scene.memory.actor(), "remembered") if known else _NOBODY

    def _people_behind(self, n: int) -> bool:
        """Whether people are the subject behind the place: "reached P the eighth convoy of"."""
        named = {k for one in self.scene.places for k in range(one.mention.first, one.mention.last)}
        for k in range(n + 1, min(n + _REACH, len(self.scene.words))):
            if self.scene.word(k) in _COMMAS or self.scene.actor_at(k) is not None:
                return False
            if k not in named and bare(self.scene.word(k), _LISTS["people"]) is not None:
                return self.scene.word(k - 1) not in _OBLIQUE
        return False

    def _governed(self, n: int, deed: Deed) -> bool:
        """Whether a verb above a verbal noun makes it a deed: "announced the capture"."""
        near = range(self.scene.clause_begin(n), n)
        if any(_is_same(self.scene.word(k), deed) for k in near):
            return True  # "struck P, besides the striking of Q"
        if self.scene.word(n - 1) in _LISTS["asides"]:
            if self.scene.word(n).startswith("ال"):
                return True  # "after the capture of P" by whoever acts
            if "" in deed.leads and deed.relation == "captured":  # "advanced after taking P"
                return any(_relations(self.scene.word(k)) & _FORWARD for k in near)
        headline = n <= 1 or self.scene.word(n - 1) in {":", "|"}
        return headline or any(bare(self.scene.word(k), _GOVERNING) is not None for k in near)


def _relations(word: str) -> set[str]:
    """What a verb tells of places; nothing where it is none."""
    known = bare(word, deed_forms("past", "present"))
    return {one.relation for one in read_deeds()[known[0]]} if known is not None else set()


def _is_same(word: str, deed: Deed) -> bool:
    """Whether a word is a verb of the same family."""
    known = bare(word, deed_forms("past", "present"))
    return known is not None and any(one.name == deed.name for one in read_deeds()[known[0]])


def _gender_of_suffix(suffix: str) -> str:
    return str(arabic_tables()["owner_suffixes"].get(suffix, ""))
