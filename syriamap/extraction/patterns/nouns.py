"""Nouns that tell of a deed: "the capture of P by A", "clashes in P", "strikes on P"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.lexicon.vocabulary import read_words

if TYPE_CHECKING:
    from syriamap.extraction.lexicon.vocabulary import Frame
    from syriamap.extraction.patterns.findings import Findings
    from syriamap.extraction.patterns.holdings import Holdings
    from syriamap.extraction.patterns.reach import Reach
    from syriamap.extraction.places.mention import Mention

__all__ = ["Nouns"]

_WORDS = read_words()
_AFTER_NOUN = _WORDS["after_noun"]
_ANNOUNCED_DEEDS = _WORDS["announced_deeds"]
_AGAINST = _WORDS["noun_leads"] | {"near"}
_BATTLE = _WORDS["battle"]
_BEFORE_EVENT_NOUN = _WORDS["before_event_noun"]
_BEFORE_NOUN = _WORDS["before_noun"]
_CARRIED = _WORDS["carried"]
_FROM_AFAR = _WORDS["from_afar"]
_NOUN_AGENTS = _WORDS["noun_agents"]
_NOUN_LEADS = _WORDS["noun_leads"]
_ONE_SIDED_BATTLES = _WORDS["one_sided_battles"]
_PROGRESSIVE = _WORDS["progressive"]
_MADE = _CARRIED | _WORDS["made"]


class Nouns:
    """
    The nouns of one sentence, with their actors and places.

    Parameters
    ----------
    reach
        The places of the sentence.
    holdings
        What stands beside a place.
    findings
        Where what is found goes.
    """

    def __init__(self, reach: Reach, holdings: Holdings, findings: Findings) -> None:
        self.clause, self.reach = reach.clause, reach
        self.holdings, self.findings = holdings, findings

    def stands_as_noun(self, n: int) -> bool:
        """Whether a word that may be a verb too is a noun here: "the shelling of"."""
        verb = self.clause.verbs.get(n)
        if verb is None or (verb[1] == "base" and not self.clause.stands_as_verb(n)):
            return True
        before = self.clause.item(n - 1)
        if self.clause.lower(n - 1) in _BEFORE_EVENT_NOUN:
            return True
        if before is not None and before.kind == "a" and before.note == "adjective":
            return True
        return (
            self.clause.lower(n).endswith("ing")
            and self.clause.lower(n - 1) not in _PROGRESSIVE
            and self.clause.lower(n + 1) in _AFTER_NOUN
        )

    def read_noun(self, n: int, frame: Frame) -> None:  # noqa: C901, PLR0912
        actor, rule = "", "noun"
        if frame.name == "besiege" and self.holdings.ended(n):
            return
        if frame.name == "besiege" and self.clause.lower(n - 1) == "under":
            agent = self.clause.agent(n + 1)
            self.findings.add(agent, "besieged", self.reach.places_before(n - 1), "", "besiege", n, "under siege")
            return
        before = self.clause.item(n - 1)
        k = n - 1
        while k >= 0 and self.clause.lower(k) in _BEFORE_NOUN:
            k -= 1
        before = self.clause.item(k)
        if (
            before is not None
            and before.kind == "a"
            and (k == n - 1 or self.clause.lower(k + 1) in {"'s", "air"} or before.note == "adjective")
        ):
            actor = before.actor
        elif before is not None and before.lower in {"its", "their"}:
            actor = self.clause.remembered(k)
        via = frame.noun_via or _NOUN_LEADS
        if frame.name == "enter":
            via |= {"around", "near"}
        places, _ = self.reach.places(n + 1, via)
        for k in range(n + 1, min(n + 4, len(self.clause.items))):
            if self.clause.items[k].kind == "a" and self.clause.lower(k - 1) in _NOUN_AGENTS and not actor:
                actor = self.clause.items[k].actor
                if not places:
                    places, _ = self.reach.places(k + 1, via)
        actor = actor or self.clause.agent(n + 1)
        if frame.name == "fall":
            if self.clause.lower(n) == "loss" and not actor:
                return
            actor = actor or self.holdings.falls_to(n)
            places = [one for one in places if one.start > self.clause.items[n].start]
            if not places and self.clause.lower(n - 1) == "'s" and n > 1 and self.clause.items[n - 2].place:
                places = [one for one in (self.clause.items[n - 2].place,) if one is not None]
            self.findings.add(
                actor or self.clause.memory.holder,
                "captured" if actor and self.clause.lower(n) == "fall" else "lost",
                places,
                "",
                frame.name,
                n,
                rule,
            )
            return
        if frame.name == "enter":
            self._battle(n, places, actor)
            return
        before_it = {self.clause.lower(m) for m in range(max(0, n - 8), n)}
        if not actor and frame.name == "strike" and places and _CARRIED & before_it:
            actor, rule = self.clause.subject(n), "carried out"
        if not actor and frame.name == "withdraw" and places and before_it & _MADE:
            actor, rule = self.clause.subject(n), "carried out"
        if not actor and frame.name in {"capture", "advance"} and places:
            actor = self.clause.subject(n) or self.clause.main_subject(n)
            rule = "noun of a subject"
        if frame.name == "withdraw" and not places and actor:
            back = self.clause.last_place(n)
            announced = any(self.clause.lower(k) in _ANNOUNCED_DEEDS for k in range(max(0, n - 3), n))
            confirmed = announced or any(
                self.clause.lower(k) == "confirmed" for k in range(max(0, n - 4), n)
            )
            places = [back] if back is not None and confirmed else []
        if frame.relation == "struck" and not places:
            actor = actor or self.clause.subject(n)
            self.holdings.struck_beside(n, n + 1, actor)
        self.findings.add(actor, frame.relation, places, "", frame.name, n, rule)

    def _waged(self, n: int) -> bool:
        """Whether the subject fights: "opened an offensive against A", "engaged in clashes with"."""
        word, following = self.clause.lower(n), self.clause.lower(n + 1)
        if word in _ONE_SIDED_BATTLES:
            return following in _AGAINST
        return following == "with"

    def _battle(self, n: int, places: list[Mention], actor: str) -> None:
        if self.clause.lower(n) not in _BATTLE:
            return
        sides = [
            self.clause.items[k].actor
            for k in range(n + 1, min(n + 16, len(self.clause.items)))
            if self.clause.items[k].kind == "a"
        ]
        if not actor and self._waged(n):
            actor = self.clause.subject(n)
        sides = ([actor] if actor else []) + [one for one in sides if one != actor]
        if not sides and self.clause.lower(n) in _ONE_SIDED_BATTLES:
            sides = [self.clause.subject(n)]
        if sides and places and self.clause.lower(n - 1) in _FROM_AFAR:
            self.findings.add(sides[0], "struck", places, "", "strike", n, "attack from afar")
            return
        if sides and places:
            against = sides[1] if len(sides) > 1 else ""
            self.findings.add(sides[0], "contested", places, against, "enter", n, "battle")


