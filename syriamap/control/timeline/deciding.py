"""
Which claims stand behind the state of a place on a day, for which reasons, of how many origins.

In comes an :class:`~syriamap.control.timeline.on_a_day.OnDay`, out comes what is behind the holder
of a place, or behind the sides of a conflict, the weightiest first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from syriamap.control.timeline.sayings import origin_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.control.evidence import Vote
    from syriamap.control.timeline.on_a_day import OnDay

__all__ = ["Deciding"]


class _Behind(NamedTuple):
    """What is behind a state: reason codes, claim ids, origins for the leader; if from later."""

    reasons: tuple[str, ...]
    claim_ids: tuple[str, ...]
    origins: int
    later: bool


class Deciding:
    """
    What is behind the states of one day.

    Parameters
    ----------
    on
        Where all chains stand on the day.
    """

    def __init__(self, on: OnDay) -> None:
        self.on, self.time, self.settings = on, on.time, on.time.settings

    def behind(self, row: int, sides: tuple[int, ...], why: str) -> _Behind:
        """
        What is behind the leader of a place that it holds, or behind the sides of a conflict.

        Parameters
        ----------
        row
            The place.
        sides
            Whom the conflict is between; nobody where the leader holds the place.
        why
            Code of the state itself, empty if there is none.
        """
        on, decided = self.on, self._decided(row, sides)
        reasons, claims = [*decided.reasons, why], [*decided.claim_ids]
        if decided.later:
            reasons.append("later_news")
        if not sides and not decided.origins:
            start = day = on.starts[row]
            if on.begun(row):
                day = int(self.time.lattice.day[on.step[row]])
            else:
                reasons.append("holder_ended" if start in self.time.lives.turns else "front_moved")
            claims += self._claims_around(row, day)
        if not sides:
            reasons.append("corroborated" if decided.origins > 1 else "single_origin")
        codes = tuple(code for code in dict.fromkeys(reasons) if code)
        return decided._replace(reasons=codes, claim_ids=tuple(dict.fromkeys(claims)))

    def _decided(self, row: int, sides: tuple[int, ...]) -> _Behind:
        """What :meth:`_deciding` finds, which a day without news of the place leaves as it is."""
        on, time = self.on, self.time
        leader = on.leads[row]
        # who is meant by a name differs with the era where sides of a conflict are looked for
        era = on.era if sides else -1
        key = ("decided", row, on.starts[row], leader, on.told[row], sides, era)
        if key not in time.memory:
            deciding, later = self._deciding(row, sides)
            backing = {origin_of(one) for one in deciding if time.lives.state(one.actor) == leader}
            codes = dict.fromkeys(code for vote in deciding for code in vote.reasons)
            claims = tuple(vote.claim_id for vote in deciding)
            time.memory[key] = _Behind(tuple(codes), claims, len(backing), later)
        found: _Behind = time.memory[key]
        return found

    def _deciding(self, row: int, sides: tuple[int, ...]) -> tuple[list[Vote], bool]:
        """Votes behind the state, the weightiest first, and whether they come from later."""
        held = not sides
        votes, heard = self.time.votes[row], self.on.told[row]
        leader, state = self.on.leads[row], self.time.lives.state
        start = self.on.starts[row]
        last = votes[heard - 1].day if heard else None
        found = [
            vote
            for vote in votes[:heard]
            if vote.day == last
            or (
                vote.day >= start and (not held or leader in (state(vote.actor), state(vote.rival)))
            )
        ]
        later: list[Vote] = []
        if not any(state(vote.actor) == leader for vote in found):
            later = [one for one in votes[heard:] if leader in (state(one.actor), state(one.rival))]
            found += [vote for vote in later if vote.day == later[0].day]
        if not found:  # its surroundings say who leads; the next news of it says that it is known
            later = [vote for vote in votes[heard:] if vote.day == votes[heard].day]
            found = later
        now = last if last is not None else found[0].day

        half_life = self.settings.deciding_half_life

        def counts(vote: Vote) -> float:
            return float(vote.weight * 0.5 ** (abs(now - vote.day) / half_life))

        ranked = sorted(found, key=lambda vote: (-counts(vote), -vote.day, vote.claim_id))
        ranked = ranked[: round(self.settings.most_deciding)]
        return ranked + self._of_unheard(row, sides, ranked), bool(later)

    def _of_unheard(self, row: int, sides: tuple[int, ...], deciding: Sequence[Vote]) -> list[Vote]:
        """The last votes up to the day for each side of a conflict that none of these is for."""
        holder = self.on.holder_of
        told = {holder(vote.actor) for vote in deciding if vote.effect != "fight"}
        found: list[Vote] = []
        for side in (one for one in sides if one not in told):
            own = [
                vote
                for vote in self.time.votes[row][: self.on.told[row]]
                if vote.effect != "fight" and holder(vote.actor) == side
            ]
            found += [vote for vote in own if vote.day == own[-1].day]
        return found

    def _claims_around(self, row: int, start: int) -> list[str]:
        """Claims on the nearest places that the leader held or took when it came to lead here."""
        leader, state = self.on.leads[row], self.time.lives.state
        days, votes = self.time.days_told.of, self.time.votes
        first, last = start - self.settings.news_days, start + self.settings.news_days
        most = round(self.settings.shown_neighbors)
        found: list[str] = []
        for other in self.time.scene.around.near[row].tolist():
            if len(found) == most:
                break
            told = slice(bisect_left(days[other], first), bisect_right(days[other], last))
            near = [vote for vote in votes[other][told] if state(vote.actor) == leader]
            if near:
                found.append(max(near, key=lambda vote: (vote.weight, vote.claim_id)).claim_id)
        return found
