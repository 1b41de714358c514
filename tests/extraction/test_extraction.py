"""Drafts from news texts: names, frames, certainty, speakers, days, offsets, time."""

from __future__ import annotations

from datetime import date

import pytest
from growth import grows_with
from hypothesis import given, strategies as st
from shipped import reader

from syriamap.extraction import Draft, Extractor, document_from_text
from syriamap.extraction.lexicon.day_words import days_in
from syriamap.extraction.lexicon.verb_frames import read_frames
from syriamap.extraction.sentence.borders import sentences_of
from syriamap.extraction.texts.tokens import tokens_of

FRIDAY = date(2024, 12, 6)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return reader()


def read(extractor: Extractor, text: str, day: date | None = FRIDAY) -> list[Draft]:
    return extractor.drafts(document_from_text(text), day)[0]


def claims(extractor: Extractor, text: str, day: date | None = FRIDAY) -> set[tuple[str, str, str]]:
    return {
        (one.actor, one.relation, one.place)
        for one in read(extractor, text, day)
        if one.relation != "none"
    }


def only(extractor: Extractor, text: str) -> Draft:
    (draft,) = [one for one in read(extractor, text) if one.relation != "none"]
    return draft


# --- who does what where ------------------------------------------------------------------------


@pytest.mark.parametrize("frame", read_frames(), ids=lambda frame: frame.name)
def test_the_example_of_every_frame_is_drafted(extractor: Extractor, frame: object) -> None:
    example = frame.example  # type: ignore[attr-defined]
    found = claims(extractor, "Syria. " + example)
    assert frame.relation in {relation for _, relation, _ in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels captured Hama, Salamiyah and Rastan.",
         {("opposition", "captured", place) for place in ("Hama", "Salamiyah", "Rastan")}),
        ("Hama was captured by the insurgents.", {("opposition", "captured", "Hama")}),
        ("Syrian troops pulled out of Daraa and Suwayda.",
         {("government", "withdrew", "Daraa"), ("government", "withdrew", "Suwayda")}),
        ("ISIS militants seized Palmyra from government troops.",
         {("isis", "captured", "Palmyra"), ("government", "lost", "Palmyra")}),
        ("The SDF handed over Manbij to the Syrian government.",
         {("government", "captured", "Manbij"), ("sdf", "lost", "Manbij")}),
        ("HTS fighters were advancing on Homs from the north.", {("hts", "advanced_toward", "Homs")}),
        ("Rebels were within five kilometers of Hama.", {("opposition", "advanced_toward", "Hama")}),
        ("Russian jets hit the rebel-held city of Idlib.",
         {("russia", "struck", "Idlib"), ("opposition", "controls", "Idlib")}),
        ("Fighters from the Syrian National Army took control of Tal Rifaat.",
         {("sna", "captured", "Tal Rifaat")}),
        ("Manbij, which the SDF captured in 2016, is quiet.", {("sdf", "captured", "Manbij")}),
    ],
)  # fmt: skip
def test_actors_relations_and_places(
    extractor: Extractor, text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert claims(extractor, text) == expected


DAYS = {
    "2016": date(2016, 6, 1),
    "before": date(2024, 12, 6),
    "after": date(2024, 12, 9),
    "2025": date(2025, 3, 7),
    "end": date(2026, 9, 1),
}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("The Syrian army",
         {"2016": "government", "before": "government", "after": "transitional_government",
          "end": "transitional_government"}),
        ("The government",
         {"2016": "government", "before": "government", "after": "transitional_government"}),
        ("Government forces", {"before": "government", "2025": "transitional_government"}),
        ("Interior ministry forces", {"before": "government", "2025": "transitional_government"}),
        ("General Security", {"before": "", "2025": "transitional_government"}),
        ("Assad's army", {"2016": "government", "before": "government"}),
        ("Assad loyalists", {"before": "government", "2025": "coast_insurgents"}),
        ("Pro-Assad fighters", {"before": "government", "2025": "coast_insurgents"}),
        ("Tribal fighters", {"2016": "", "2025": "tribal_forces", "end": "tribal_forces"}),
        ("The Free Syrian Army", {"2016": "opposition", "before": "sna", "2025": ""}),
        ("The Syrian National Army", {"before": "sna", "2025": "sna", "end": ""}),
        ("The Nusra Front", {"2016": "hts", "2025": ""}),
        ("Hayat Tahrir al-Sham", {"before": "hts", "2025": ""}),
        ("YPG fighters", {"2016": "sdf", "2025": "sdf", "end": ""}),
        ("The Syrian Democratic Forces", {"2016": "sdf", "2025": "sdf", "end": ""}),
        ("Islamic State militants", {"2016": "isis", "2025": "isis"}),
    ],
)  # fmt: skip
def test_a_name_means_who_bore_it_on_the_day(
    extractor: Extractor, name: str, meant: dict[str, str]
) -> None:
    """An expired name means nobody, and what stands inside it ("Syrian Army") nobody either."""
    for when, actor in meant.items():
        found = claims(extractor, f"Syria. {name} captured Palmyra.", DAYS[when])
        assert {one for one, relation, _ in found if relation == "captured"} == (
            {actor} if actor else set()
        ), when


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("SANA reported that troops captured Palmyra.", "sana", "sana_new"),
        (
            "The defense ministry said its forces captured Palmyra.",
            "gov",
            "transitional_government",
        ),
        ("The army said it captured Palmyra.", "gov", "transitional_government"),
    ],
)
def test_a_speaker_speaks_for_who_ruled_on_the_day(
    extractor: Extractor, text: str, before: str, after: str
) -> None:
    for day, voice in ((DAYS["before"], before), (DAYS["after"], after)):
        (draft,) = [one for one in read(extractor, f"Syria. {text}", day) if one.relation != "none"]
        assert draft.asserted_by == voice
        assert draft.certainty == "claimed"


def test_what_was_said_before_is_remembered(extractor: Extractor) -> None:
    found = claims(extractor, "HTS fighters entered Aleppo. They then captured Hama.")
    assert ("hts", "captured", "Hama") in found
    its = claims(extractor, "The SDF denied that its fighters had withdrawn from Manbij.")
    assert its == {("sdf", "withdrew", "Manbij")}


def test_containers_and_reference_points_receive_no_claim(extractor: Extractor) -> None:
    drafts = read(extractor, "Rebels seized Saraqib in Idlib province, near Aleppo.")
    roles = {one.place: (one.role, one.relation) for one in drafts}
    assert roles["Saraqib"] == ("object", "captured")
    assert roles["Idlib province"] == ("container", "none")
    assert roles["Aleppo"] == ("reference", "none")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Israeli jets struck targets near Palmyra.", "Palmyra", "near Palmyra, ±5 km"),
        ("Russian airstrikes outside the city of Homs killed two.", "Homs", "near Homs, ±12 km"),
        (
            "Syrian helicopters dropped bombs on a convoy south of Idlib.",
            "Idlib",
            "south of Idlib, ±12 km",
        ),
    ],
)
def test_a_strike_near_a_place_is_at_a_point_told_by_it(
    extractor: Extractor, text: str, place: str, words: str
) -> None:
    draft = only(extractor, "Syria. " + text)
    assert (draft.relation, draft.place, draft.place_note) == ("struck", place, words)
    assert (draft.place_id, draft.confidence) == ("", "low")
    assert draft.lat is not None
    assert not claims(extractor, text.replace("struck", "crossed").replace("airstrikes", "tourists")
                      .replace("dropped bombs on", "followed"))  # fmt: skip


def test_a_strike_near_a_place_that_nobody_knows_is_no_draft(extractor: Extractor) -> None:
    text = "Syria. Israeli jets struck targets near the village of Qwxtabil."
    assert not claims(extractor, text)


def test_an_unknown_village_is_kept_unresolved(extractor: Extractor) -> None:
    drafts = read(extractor, "Syrian government forces captured the village of Qwxtabil.")
    (draft,) = [one for one in drafts if one.relation == "captured"]
    assert (draft.place, draft.place_id, draft.confidence) == ("Qwxtabil", "", "low")


# --- how it is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "certainty", "speaker"),
    [
        ("Rebels captured Hama.", "asserted", ""),
        ("Rebels captured Hama, the Syrian Observatory for Human Rights said.", "claimed", "sohr"),
        ("According to Reuters, rebels captured Hama.", "claimed", "reuters"),
        ("Syrian rebels say they have taken Hama.", "claimed", "opp"),
        ("The army denied that rebels had captured Hama.", "denied", "gov"),
        ("If rebels capture Hama, the road to Homs is open.", "hypothetical", ""),
        ("Rebels want to take Aleppo.", "hypothetical", ""),
        ("Rebels could capture Hama.", "hypothetical", ""),
        ("Rebels have not entered Hama.", "denied", ""),
    ],
)
def test_certainty_and_speaker(
    extractor: Extractor, text: str, certainty: str, speaker: str
) -> None:
    draft = only(extractor, text)
    assert (draft.certainty, draft.asserted_by) == (certainty, speaker)


def test_what_could_not_be_confirmed_lowers_what_is_claimed(extractor: Extractor) -> None:
    text = "Rebels captured Hama, SANA said. We could not independently verify the claim."
    assert only(extractor, text).certainty == "unconfirmed"


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("on Friday", "2024-12-06", "day"),
        ("early on Saturday", "2024-11-30", "day"),
        ("yesterday", "2024-12-05", "day"),
        ("overnight", "2024-12-06", "day"),
        ("last week", "2024-11-25", "week"),
        ("last weekend", "2024-11-30", "week"),
        ("on 30 November", "2024-11-30", "day"),
        ("on Nov. 30", "2024-11-30", "day"),
        ("in July 2012", "2012-07-01", "month"),
        ("in 2016", "2016-01-01", "year"),
        ("two years ago", "2022-01-01", "year"),
        ("three days ago", "2024-12-03", "day"),
    ],
)
def test_days(extractor: Extractor, words: str, day: str, precision: str) -> None:
    draft = only(extractor, f"Rebels captured Hama {words}.")
    assert (draft.event_date, draft.date_precision) == (day, precision)


def test_the_day_of_another_event_is_not_taken(extractor: Extractor) -> None:
    drafts = read(extractor, "Rebels seized Hama on Thursday, days after taking Aleppo.")
    assert {one.place: one.event_date for one in drafts} == {"Hama": "2024-12-05", "Aleppo": ""}


def test_names_change_their_meaning_with_the_years(extractor: Extractor) -> None:
    text = "The Free Syrian Army took Azaz."
    assert claims(extractor, text, date(2012, 7, 20)) == {("opposition", "captured", "Azaz")}
    assert claims(extractor, text, date(2018, 7, 20)) == {("sna", "captured", "Azaz")}


# --- what is no place, and no news of this war -----------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Hayat Tahrir al-Sham issued a statement.",
        "The village of Palmyra in New York held its election.",
        "The poet Homsi read in London.",
    ],
)
def test_what_only_looks_like_a_place(extractor: Extractor, text: str) -> None:
    assert not read(extractor, text)


def test_other_news_gives_next_to_no_drafts(extractor: Extractor) -> None:
    wars = ["Bakhmut", "Goma", "Marib", "Khartoum", "Mosul", "Rafah", "Kunduz", "Lashio"]
    stories = [
        "The rebels captured {} on Monday after weeks of fighting.",
        "The army shelled {} overnight, officials said.",
        "Troops withdrew from {} after the talks.",
        "Insurgents attacked the town of {} on Tuesday.",
        "Rebels seized the airport of {}.",
        "{} lost its title after a defeat in the final.",
        "A bank in {} took over its rival.",
        "A storm hit {} overnight.",
    ]
    texts = [story.format(name) for story in stories for name in wars]
    assert sum(len(claims(extractor, text)) for text in texts) < 1
    assert not claims(extractor, " ".join(texts))


# --- offsets, robustness, time ------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "Hama",
        "Homs",
        "Aleppo",
        "rebels",
        "the",
        "army",
        "captured",
        "withdrew",
        "from",
        "to",
        ",",
        ".",
        "\n",
        "“",
        "”",
        "'",
        "-",
        "al-",
        "Deir",
        "ez-Zor",
        "and",
        "of",
        "in",
        "province",
        "on",
        "Friday",
        "said",
        "SDF",
        "they",
        "if",
        "not",
        "2016",
        "Dec.",
        "5",
        "&",
        "<",
        ">",
        ";",
        "حماة",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_and_offsets_are_exact(text: str) -> None:
    for one in read(SHARED, text):
        assert text[one.start : one.end].split() == one.place.split()
        assert text[one.sentence_start :].startswith(one.sentence)


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "<",
                ">",
                "&amp;",
                "&",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<a href='x'>",
                "Rebels captured ",
                "Hama",
                " and Homs",
                ". ",
                "&#72;ama",
                "{{",
                "]]>",
                "<nav>",
                "</nav>",
            ]
        ),
        max_size=40,
    )
)
def test_any_html_is_read_and_offsets_lie_in_the_file(pieces: list[str]) -> None:
    raw = "<html>" + "".join(pieces)
    document = document_from_text(raw, "x.html")
    for one in SHARED.drafts(document, FRIDAY)[0]:
        assert 0 <= one.start < one.end <= len(raw)
        if one.place in raw and "&" not in raw:
            assert raw[one.start] == one.place[0]


def test_html_keeps_offsets_and_leaves_menus_out(extractor: Extractor) -> None:
    raw = (
        '<!doctype html><html><head><meta property="article:published_time" content="2024-12-05">'
        "<title>x</title></head><body><nav>Rebels captured Homs.</nav><script>var Homs</script>"
        "<p>Syria &amp; war: rebels <b>captured</b> Ha&#109;a on Thursday.</p></body></html>"
    )
    document = document_from_text(raw, "page.html")
    (draft,) = extractor.drafts(document)[0]
    assert (draft.place, raw[draft.start : draft.end]) == ("Hama", "Ha&#109;a")
    assert draft.event_date == "2024-12-05"


def test_sentences_and_tokens_cover_the_text() -> None:
    text = "Gen. Ali of the U.S.-backed force left. He said “no.” Then\n\nnothing"
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "Gen. Ali of the U.S.-backed force left.", "He said “no.”", "Then", "nothing",
    ]  # fmt: skip
    assert all(text[t.start : t.end] == t.text for t in tokens_of(text))


def test_the_same_text_gives_the_same_drafts(extractor: Extractor) -> None:
    text = "Rebels captured Hama on Thursday. The army withdrew to Homs."
    assert read(extractor, text) == read(extractor, text)


@pytest.mark.parametrize(
    "piece", ["Rebels captured Hama. ", "<p", "captured ", "Hama, ", "al-", "12 "]
)
def test_time_is_linear(extractor: Extractor, piece: str) -> None:
    assert grows_with(lambda size: read(extractor, piece * (size // len(piece))), 10_000)


def test_days_need_a_day_of_publication_unless_they_are_whole() -> None:
    assert not days_in("on Thursday", 0, 11, None)
    assert [one.day for one in days_in("5 December 2024", 0, 15, None)] == ["2024-12-05"]


SHARED = reader()
