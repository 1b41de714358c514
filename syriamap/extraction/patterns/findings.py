"""What was found in a sentence: one event for each place, none without an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap.extraction.sentence.deeds import Event

if TYPE_CHECKING:
    from syriamap.extraction.places.mention import Mention

__all__ = ["Findings"]


class Findings:
    """The events of one sentence, in the order in which they were found."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(  # noqa: PLR0917
        self,
        actor: str,
        relation: str,
        places: list[Mention],
        against: str,
        frame: str,
        trigger: int,
        rule: str,
        distance: str = "",
    ) -> None:
        """Note an event for each place; nothing without an actor."""
        if not actor:
            return
        against = "" if against == actor else against
        for place in places:
            self.events.append(
                Event(actor, relation, place, against, frame, trigger, rule, distance)
            )
