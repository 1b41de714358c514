"""
Place names in a sentence: which words name a place, and which place.

All names of the theater stand in one trie over folded words. A match counts by the company it
keeps: cities always, towns and villages only in a text about the country, none inside the name of a
person or an organization. A capitalized name after "village of" that no list holds is kept as an
unresolved place, never dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syriamap._elsewhere import read_elsewhere
from syriamap.extraction.lexicon import Trie, read_words
from syriamap.extraction.meanings import Meanings
from syriamap.extraction.mention import (
    Mention,
    beside,
    folded,
    points_of_provinces,
    rows_of_places,
)
from syriamap.extraction.text import tokens_of
from syriamap.toponyms import fold, is_arabic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syriamap.extraction.text import Token
    from syriamap.theater import Theater

__all__ = ["PlaceNames"]


class PlaceNames:
    """
    The names of a theater's places, ready to be found in texts.

    Parameters
    ----------
    theater
        Its places, names, regions and governorates are looked for.
    """

    def __init__(self, theater: Theater) -> None:
        self.meanings = Meanings(theater)
        self._rows = rows_of_places(theater)
        self._trie = Trie()
        names = list(zip(theater.places.index, theater.places["name"], strict=True))
        names += list(zip(theater.names["place_id"], theater.names["name"], strict=True))
        for place_id, name in names:
            words = [] if is_arabic(str(name)) else fold(str(name)).split()
            common = len(words) == 1 and (len(words[0]) < 3 or words[0] in read_words()["no_names"])
            if words and not common:
                self._trie.add(words, str(place_id))
        self._epithets = Trie()
        self.epithet_words: list[frozenset[str]] = []
        for row in theater.regions.itertuples(index=False):
            parts = [fold(token.lower) for token in tokens_of(str(row.name)) if token.text != "-"]
            words = [one for n, one in enumerate(parts)
                     if not (n and one in read_words()["articles"] - {"at"})]  # fmt: skip
            if row.kind == "epithet":
                if str(row.place_id) in self._rows:
                    self._epithets.add(words, str(row.place_id))
                    self.epithet_words.append(frozenset(words) - {"s"})
            else:
                self._trie.add(words, f"\0{row.kind}")
        own = {fold(str(name)) for name in theater.places["name"]}
        others = {fold(name) for name, _ in read_elsewhere(theater.folder / "elsewhere.csv")}
        self.elsewhere = {one.replace(" ", "") for one in others - own if one}
        self.epithet_first = self._epithets.first_words()
        # a name that begins with a common word ("It", "New") is known by its second one
        self.first_words = self._trie.first_words(unless=read_words()["no_names"])
        self._provinces = points_of_provinces(theater)
        self._admin1 = dict(zip(theater.places.index, theater.places["admin1"], strict=True))
        self._words = read_words()
        self.title = theater.title.casefold()

    def speaks_of_country(self, text: str) -> bool:
        """Whether a text names the country."""
        return self.title in text.casefold()

    def mentions(
        self, tokens: Sequence[Token], taken: Sequence[bool], *, at_home: bool
    ) -> list[Mention]:
        """
        Find the place names of a sentence.

        Parameters
        ----------
        tokens
            The sentence.
        taken
            For each token, whether it is part of an actor's or a speaker's name.
        at_home
            Whether the text is about the country: then towns and villages count too.
        """
        found: list[Mention] = []
        words = [folded(token.lower) for token in tokens]
        articles = read_words()["articles"]
        keys = [
            "-" if word == "-" or (word in articles and self._is_article(tokens, place)) else word
            for place, word in enumerate(words)
        ]
        place = 0
        while place < len(tokens):
            if keys[place] != "-" and not tokens[place].text[0].isupper():
                place += 1
                continue
            first = place
            while place < len(tokens) - 1 and keys[place] == "-" and tokens[place].text != "-":
                place += 1 + (tokens[place + 1].text == "-")
            mention = None
            if place < len(tokens) and tokens[place].text[:1].isupper() and not taken[place]:
                end, values = self._trie.longest(keys, place)
                longer = at_home and values and self._article_within(tokens, place, end)
                if values and not longer and not any(taken[place:end]):
                    mention = self._known(tokens, keys, first, place, end, values, at_home, found)
                if mention is None and at_home:
                    mention = self._unknown(tokens, taken, first, place, found, bool(longer))
            if mention is None:
                place = max(place, first) + 1
                continue
            found.append(mention)
            place = mention.last
        return found

    @staticmethod
    def _is_article(tokens: Sequence[Token], place: int) -> bool:
        if tokens[place].lower not in read_words()["articles"] or place + 1 >= len(tokens):
            return False
        following = tokens[place + 1].text
        if following == "-":
            return place + 2 < len(tokens) and tokens[place + 2].text[:1].isalpha()
        if not following[:1].isupper():
            return False
        return tokens[place].lower in {"al", "el"} or (
            tokens[place].text[:1].isupper() and place > 0
        )

    def _known(  # noqa: PLR0917
        self, tokens: Sequence[Token], keys: Sequence[str], first: int, content: int, end: int,
        values: list[str], at_home: bool, found: list[Mention],
    ) -> Mention | None:  # fmt: skip
        ids = [one for one in dict.fromkeys(values) if one[0] != "\0"]
        best = min(ids, key=self._rank) if ids else ""
        kind = self._rows[best][0] if best else values[0][1:]
        if kind != "city" and "".join(keys[content:end]) in self.elsewhere:
            return None
        if not self._in_company(tokens, first, end, kind, content, at_home, found):
            return None
        after, last = self._suffix(tokens, end)
        words = self._words
        if after in words["area_kinds"] and best:
            return self._province(tokens, first, last, best)
        if after in words["site_kinds"] and best and kind in {"city", "town", "village"}:
            site = self.meanings.site(tokens, content, end, last)
            site_id = site or ""
            lat, lon = self._rows[best][1:3]
            return self._mention(tokens, first, last, site_id, lat, lon, after)
        if not best:
            return self._mention(tokens, first, end, "", None, None, kind)
        lat, lon = self._rows[best][1:3]
        return self._mention(tokens, first, end, best, lat, lon, kind)

    def _rank(self, place_id: str) -> tuple[int, int, str]:
        kind, _, _, population = self._rows[place_id]
        order = {"city": 0, "town": 1, "village": 3}
        return order.get(kind, 2), -population, place_id

    def _suffix(self, tokens: Sequence[Token], end: int) -> tuple[str, int]:
        place = end
        if place < len(tokens) and tokens[place].lower == "'s":
            place += 1
        while place < len(tokens) and tokens[place].lower in read_words()["modifiers"]:
            place += 1
        if place >= len(tokens):
            return "", end
        word = tokens[place].lower
        following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        if word == "air" and following == "base":
            return "airbase", place + 2
        kinds = self._words["area_kinds"] | self._words["site_kinds"]
        if word in kinds and tokens[place - 1].lower != ",":
            return word, place + 1
        if word.rstrip("s") in self._words["site_kinds"]:
            return word.rstrip("s"), place + 1
        return "", end

    def _in_company(  # noqa: C901, PLR0911, PLR0917
        self, tokens: Sequence[Token], first: int, end: int, kind: str, content: int,
        at_home: bool, found: list[Mention],
    ) -> bool:  # fmt: skip
        after = tokens[end] if end < len(tokens) else None
        before = tokens[first - 1] if first else None
        words = self._words
        small = (
            read_words()["articles"]
            | read_words()["modifiers"]
            | words["site_kinds"]
            | {"of", "and"}
        )
        if kind == "border":
            return at_home
        if any(t.text[:1].islower() for t in tokens[content:end] if t.lower not in small
               and not (t.start and content < end - 1)):  # fmt: skip
            return False
        if after is not None:
            if after.lower in read_words()["organizations"] and after.text[:1].isupper():
                return False
            if (
                after.text == "-"
                and end + 1 < len(tokens)
                and tokens[end + 1].lower in {"born", "based"}
            ):
                return False
            if (
                after.text == ","
                and end + 1 < len(tokens)
                and tokens[end + 1].lower in read_words()["states"]
            ):
                return False
        if kind == "city":
            return True
        if not at_home:
            return False
        named = before is not None and before.text[:1].isupper() and before.start > tokens[0].start
        if (
            named
            and before is not None
            and before.lower not in read_words()["no_names"]
            and not beside(found, first)
        ):
            return False
        if kind == "village" and end - content == 1:
            return self._village_in_company(tokens, first, end, found, words)
        return not (end - content == 1 and len(tokens[content].text) < 5
                    and after is not None and after.text[:1].isupper())  # fmt: skip

    def _village_in_company(
        self, tokens: Sequence[Token], first: int, end: int, found: list[Mention],
        words: dict[str, frozenset[str]],
    ) -> bool:  # fmt: skip
        before = tokens[first - 1].lower if first else ""
        after = tokens[end].lower if end < len(tokens) else ""
        kinds = words["settlement_kinds"] | words["site_kinds"] | words["plural_kinds"]
        if end < len(tokens) and tokens[end].text[:1].isupper() and after not in kinds:
            return False
        if after == "'s" or after in words["speech_forms"]:
            return False
        if before in read_words()["lead"] or before in kinds or after in kinds:
            return True
        return before in {",", "and", "or", "-"} and bool(found) and first - found[-1].last <= 3

    def _unknown(  # noqa: C901, PLR0911, PLR0917
        self, tokens: Sequence[Token], taken: Sequence[bool], first: int, content: int,
        found: list[Mention], known: bool,
    ) -> Mention | None:  # fmt: skip
        """A capitalized name that the company it keeps makes a place."""
        end = content
        while (
            end < len(tokens) and not taken[end] and end - content < 5
            and (tokens[end].text[:1].isupper()
                 or self._article_within(tokens, content, end)
                 or (tokens[end].text == "-" and end > content
                     and end + 1 < len(tokens) and tokens[end + 1].text[:1].isalpha())
                 or (end > content and tokens[end - 1].text == "-" and tokens[end].text.isalpha()))
        ):  # fmt: skip
            if tokens[end].lower in read_words()["no_names"] or (
                len(tokens[end].text) < 2 and tokens[end].text != "-"
            ):
                break
            end += 1
        while end > content and tokens[end - 1].text == "-":
            end -= 1
        if end == content or tokens[content].text.isupper() or tokens[content].text.isdigit():
            return None
        words = self._words
        singular = words["settlement_kinds"] | words["site_kinds"]
        after, last = self._suffix(tokens, end)
        if end < len(tokens) and taken[end] and not after:
            return None
        following = tokens[end].lower if end < len(tokens) else ""
        left = [token.lower for token in tokens[max(0, first - 5) : first]]
        while left and left[-1] == "the":
            left.pop()
        before = left[-1] if left else ""
        whole = " ".join(token.text for token in tokens[content:end])
        asked = (
            known
            or (before == "of" and len(left) > 1 and left[-2] in singular | words["plural_kinds"])
            or (before in words["settlement_kinds"] - {"camp", "quarter"} and following != "of")
            or (first > 0 and (following in words["settlement_kinds"] or bool(after)))
            or before in read_words()["takes_place"]
            or (
                before == "of"
                and len(left) > 1
                and left[-2] in read_words()["event_of"]
                and self.meanings.sure(whole)
            )
            or (first != content and len(whole) > 3 and self.meanings.sure(whole))
            or (before in {"into", "toward", "towards"} and len(left) > 1)
            or (
                before in read_words()["leads_to_sure"]
                and tokens[content].lower not in self.elsewhere
                and self.meanings.sure(whole)
            )
            or (
                before == "including"
                and bool(words["plural_kinds"] & {t.lower for t in tokens[:first]})
            )
            or (beside(found, first, tokens) and end - content <= 3 and found[-1].kind != "adm1")
            or (before == "," and len(left) > 1 and left[-2] in words["plural_kinds"])
            or self._leads_to_kind(tokens, end)
        )
        if not asked or following in words["speech_forms"] or following == "'s":
            return None
        if (
            before in read_words()["takes_place"]
            and after == ""
            and end < len(tokens)
            and following
            in {"fighters", "positions", "forces", "militants", "troops", "members", "leaders"}
        ):
            return None
        site = (
            self.meanings.site(tokens, content, end, last) if after in words["site_kinds"] else ""
        )
        district = bool({following, *left[-2:]} & read_words()["quarters"])
        place_id = site or self.meanings.by_sound(whole, found, district=district)
        if place_id:
            kind, lat, lon, _ = self._rows[place_id]
            if after in words["area_kinds"]:
                return self._province(tokens, first, last, place_id)
            listed = bool(site) or (len(whole) > 5 and self.meanings.sure(whole))
            return self._mention(tokens, first, last, place_id, lat, lon, kind, listed=listed)
        return self._mention(tokens, first, last, "", None, None, "unresolved", listed=False)

    @staticmethod
    def _article_within(tokens: Sequence[Token], content: int, end: int) -> bool:
        """Whether the "al" of "Jabal al-Zawiya" stands here."""
        return (
            end > content
            and end + 2 < len(tokens)
            and tokens[end].lower in read_words()["articles"]
            and tokens[end + 1].text == "-"
            and tokens[end + 2].text[:1].isupper()
        )

    def epithet(self, tokens: Sequence[Token], lower: Sequence[str], first: int) -> Mention | None:
        """
        Give the place that words such as "the capital" mean, where they stand alone.

        Where the name stands beside them ("Damascus, the capital") it is enough.
        """
        end, values = self._epithets.longest(lower, first)
        if not values:
            return None
        following = [token.text for token in tokens[end : end + 2]]
        if following[:1] in (["of"], ["'s"], ["’s"], ["-"]) or following[:1] == ["region"]:
            return None
        if any(one[:1].isupper() for one in following[: 1 + (following[:1] == [","])]):
            return None
        if first > 1 and lower[first - 1] == "," and tokens[first - 2].text[:1].isupper():
            return None
        kind, lat, lon, _ = self._rows[values[0]]
        return self._mention(tokens, first, end, values[0], lat, lon, kind)

    def _province(self, tokens: Sequence[Token], first: int, last: int, place_id: str) -> Mention:
        lat, lon = self._provinces.get(self._admin1.get(place_id, ""), (None, None))
        return self._mention(tokens, first, last, "", lat, lon, "adm1")

    def _leads_to_kind(self, tokens: Sequence[Token], end: int) -> bool:
        """Whether "and Y districts" or ", a strategic town" follows a name."""
        plural = self._words["plural_kinds"]
        ahead = [token.lower for token in tokens[end : end + 7]]
        if ahead[:1] == [","] and ahead[1:2] and ahead[1] in {"a", "an", "the"}:
            return any(word in self._words["settlement_kinds"] for word in ahead[2:6])
        if not ahead or ahead[0] not in {"and", ","}:
            return False
        for place, word in enumerate(ahead):
            if word in plural:
                return place > 0
            if word not in {"and", ",", "-", "the"} and not tokens[end + place].text[:1].isupper():
                return False
        return False

    def _mention(  # noqa: PLR0917
        self, tokens: Sequence[Token], first: int, last: int, place_id: str, lat: float | None,
        lon: float | None, kind: str, *, listed: bool = True,
    ) -> Mention:  # fmt: skip
        start, end = tokens[first].start, tokens[last - 1].end
        written = "".join(
            (" " if token.start > before.end else "") + token.text
            for before, token in zip(
                [tokens[first], *tokens[first : last - 1]], tokens[first:last], strict=True
            )
        )
        return Mention(first, last, start, end, written, place_id, lat, lon, kind, listed)
