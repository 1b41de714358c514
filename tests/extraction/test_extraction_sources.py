"""Where texts come from: pages with menus and metadata, addresses, whole collections of sentences."""

from __future__ import annotations

import csv
import io
import json
import random
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from paths import DATA
from shipped import reader

from syriamap.claims.rows import CLAIM_COLUMNS, DRAFT_COLUMNS
from syriamap.cli.app import main
from syriamap.errors import ExtractionError
from syriamap.extraction import DRAFT_FIELDS, document_from_text
from syriamap.extraction.patterns.telling import events_in
from syriamap.extraction.reading.extractor import dateline
from syriamap.extraction.reading.intake import read_sources
from syriamap.extraction.sentence.items import Sentence, named_in, sentence_of
from syriamap.extraction.sentence.memory import Memory
from syriamap.extraction.texts.fetched import page_at
from syriamap.extraction.texts.pages import Card, card_of_page
from syriamap.extraction.texts.tokens import words_of
from syriamap.theater.folder import read_theater

FRIDAY = date(2024, 12, 6)
SHARED = reader()
PAGE = """<!doctype html><html><head><title>Hama falls | Example</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Site"},
 {"@type": ["NewsArticle"], "headline": "Hama falls", "datePublished": "2024-12-05T21:10:00+02:00",
  "publisher": {"@type": "Organization", "name": "Example Wire"},
  "url": "https://example.org/hama"}]}</script></head><body>
<div><p><a href="/1">Rebels captured Homs</a> <a href="/2">Army retakes Aleppo</a></p></div>
<ul><li><a href="/3">SDF seized Raqqa</a></li><li><a href="/4">World</a></li></ul>
<article><p>Syrian rebels &amp; their allies <b>captured</b> the city of <a href="/h">Ha&#109;a</a> on
Thursday, after days of heavy fighting to the north of it, residents of the city said.</p></article>
<p><a href="/5">Also read: Israeli jets struck Damascus overnight</a></p>
<footer>Rebels captured Latakia.</footer></body></html>"""


def claims_of(text: str, day: date | None = FRIDAY) -> list[list[str]]:
    drafts, _ = SHARED.drafts(document_from_text(text), day)
    return sorted(
        [one.actor, one.relation, one.place, one.certainty]
        for one in drafts
        if one.relation != "none"
    )


SENTENCES = [
    json.loads(line)
    for line in (DATA / "extraction_sentences.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:60])
def test_sentences_that_were_checked_by_hand(row: dict[str, object]) -> None:
    assert claims_of(str(row["text"])) == row["claims"]


# --- other news -------------------------------------------------------------------------------------

TOWNS = (
    "Bakhmut Goma Marib Khartoum Mosul Rafah Kunduz Lashio Avdiivka Kherson Tripoli Benghazi Kidal "
    "Mogadishu Gao Bukavu Mekelle Kandahar Herat Tikrit Ramadi Fallujah Sirte Hodeidah Taiz Nyala "
    "Omdurman Beirut Tyre Sidon Nabatieh Gaza Jenin Hebron Nablus Haifa Ashkelon Donetsk Kharkiv "
    "Odesa Sumy Kursk Grozny Sarajevo Srebrenica Maiduguri Kano Timbuktu Bangui Juba Malakal Paris "
    "London Manchester Liverpool Madrid Barcelona Chicago Dallas Atlanta Houston Springfield Tartu"
).split()
STORIES = (
    "Rebels captured {} on Monday after weeks of fighting.",
    "The army shelled {} overnight, officials said.",
    "Government troops withdrew from {} after the talks.",
    "Insurgents attacked the town of {} on Tuesday.",
    "Fighters seized the airport of {}, a spokesman said.",
    "Islamist militants besieged {} for months.",
    "The rebels are within five kilometers of {}.",
    "Russian forces advanced toward {} from the south.",
    "An airstrike hit a market in {}, killing ten people.",
    "{} beat their rivals 3-1 to take control of the group.",
    "{} lost its title after a defeat in the final.",
    "The visitors held {} to a draw.",
    "{} advanced to the semifinals with a late goal.",
    "A bank in {} took over its rival.",
    "The company withdrew from {} after heavy losses.",
    "Shares of the firm based in {} fell to a record low.",
    "A storm hit {} overnight.",
    "Police raided a house in {} and arrested two men.",
)  # fmt: skip


def test_a_thousand_sentences_of_other_news_give_fewer_than_five_drafts() -> None:
    texts = [story.format(town) for story in STORIES for town in TOWNS]
    random.Random(0).shuffle(texts)  # noqa: S311
    texts = texts[:1000]
    assert sum(len(claims_of(text)) for text in texts) < 5
    assert len(claims_of("\n".join(texts))) < 5


# --- pages --------------------------------------------------------------------------------------------


def test_lists_of_links_are_left_out_and_offsets_are_those_of_the_file() -> None:
    document = document_from_text(PAGE, "page.html")
    drafts, _ = SHARED.drafts(document)
    assert {PAGE[one.start : one.end] for one in drafts} == {"Ha&#109;a"}
    (draft,) = drafts
    assert (draft.place, draft.event_date, draft.asserted_by) == ("Hama", "2024-12-05", "residents")


def test_a_page_says_who_published_it_and_when(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    (source,) = read_sources([str(path)], read_theater())
    assert (source.title, source.publisher) == ("Hama falls", "Example Wire")
    assert (source.published, source.url) == ("2024-12-05", "https://example.org/hama")
    (mine,) = read_sources(
        [str(path)], read_theater(), FRIDAY, "Me", title="T", url="https://x.org"
    )
    assert (mine.title, mine.publisher, mine.published, mine.url) == (
        "T", "Me", "2024-12-06", "https://x.org",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "card"),
    [
        ('<meta name="pubdate" content="2024-12-03 10:00">', Card(published="2024-12-03")),
        ("<time datetime='2024-12-04T08:00Z'>x</time>", Card(published="2024-12-04")),
        ('<meta content="2024-12-02" property="article:published_time">',
         Card(published="2024-12-02")),
        ('<link rel="canonical" href="javascript:alert(1)"><title>A &amp; B</title>',
         Card(title="A & B")),
        ('<script type="application/ld+json">{"@type": "NewsArticle", bad</script>', Card()),
        ('<meta name="date" content="2024-99-99">', Card()),
    ],
)  # fmt: skip
def test_metadata(head: str, card: Card) -> None:
    assert card_of_page(f"<html><head>{head}</head></html>") == card


@given(st.text(alphabet="<>/=\"' {}[]:,@metaimdscriptldjson-0123456789&;#x", max_size=400))
def test_any_metadata_is_read(head: str) -> None:
    card_of_page(head)
    document_from_text("<html>" + head, "x.html")


def test_datelines() -> None:
    assert dateline("BEIRUT, Dec. 6, 2024 (Wire) - Rebels took Hama.") == FRIDAY
    assert dateline("Rebels took Hama.") is None
    text = "BEIRUT, Dec. 6, 2024 (Wire) - Syrian rebels took Hama on Thursday, residents said."
    drafts, _ = SHARED.drafts(document_from_text(text))
    assert [one.event_date for one in drafts] == ["2024-12-05"]


# --- points by way of places ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lat", "lon", "own"),
    [
        ("10 km north of Homs", 34.81, 36.73, True),
        ("six miles from Hama", 35.13, 36.76, False),
        ("20 kilometers south-east of Palmyra", 34.43, 38.44, True),
        ("within 3 km of Deir al-Zor", 35.34, 40.14, False),
    ],
)
def test_a_distance_gives_a_point_and_says_so(
    words: str, lat: float, lon: float, own: bool
) -> None:
    drafts, _ = SHARED.drafts(document_from_text(f"Syrian rebels were {words} on Friday."), FRIDAY)
    (draft,) = [one for one in drafts if one.relation != "none"]
    assert draft.relation == "advanced_toward"
    assert draft.lat == pytest.approx(lat, abs=0.02)
    assert draft.lon == pytest.approx(lon, abs=0.02)
    assert draft.place_note.startswith(words.removeprefix("within ").split()[0])
    assert "±" in draft.place_note
    assert (draft.place_id == "") is own


def test_strikes_beside_a_place_and_on_a_border() -> None:
    text = "Syrian army units were targeting rebels to the north and south of Hama."
    drafts, _ = SHARED.drafts(document_from_text(text), FRIDAY)
    assert [(one.actor, one.relation, one.place_note.split(",")[0]) for one in drafts] == [
        ("government", "struck", "north of Hama"), ("government", "struck", "south of Hama"),
    ]  # fmt: skip
    text = "Israeli jets struck crossings, roads and depots on Syria's border with Lebanon."
    assert claims_of(text) == [["israel", "struck", "Syria's border with Lebanon", "asserted"]]


def test_the_capital_is_a_place_where_no_name_stands_beside_it() -> None:
    text = "Syria's government still controls Homs, the country's third city, and the capital."
    assert [row[2] for row in claims_of(text)] == ["Homs", "the capital"]
    assert [row[2] for row in claims_of("Syrian rebels entered the capital, Damascus.")] == [
        "Damascus"
    ]
    assert not claims_of("Syrian rebels entered the capital of the province.")


# --- what a glance may and may not pass over -----------------------------------------------------------


def sentence_at_home(text: str) -> Sentence:
    """A whole text as one sentence, read as a text about the country is."""
    words = words_of(text)
    named = named_in(
        words, SHARED.lexicon, SHARED.names, FRIDAY, SHARED.names.context(""), at_home=True
    )
    return sentence_of(text, (0, len(text)), words, named, FRIDAY)


@given(
    st.lists(
        st.sampled_from(  # a line of words is easier to read than a list
            "Hama Homs al-Bab Deir ez-Zor rebels the army captured withdrew from village of Qwxt "
            "town in near toward Tel Abyad and , Jabal al-Zawiya it city capital said Da'el "
            "Hasakah districts including London".split()
        ),
        max_size=12,
    )
)
def test_no_place_is_passed_over(words: list[str]) -> None:
    text = "Syria " + " ".join(words)
    sentence = sentence_at_home(text)
    if sentence.places:
        assert SHARED._glance.at(text).place


@given(
    st.lists(
        st.sampled_from(
            "They it its the city town which where whose rebels army had full control of took "
            "gained win back withdrew pulled out announced withdrawal departure from were within "
            "six miles 5km away entered bombed and , captured secured declared by he".split()
        ),
        max_size=12,
    )
)
def test_no_event_at_a_place_named_before_is_passed_over(words: list[str]) -> None:
    text = " ".join(words)
    (before,) = SHARED.names.mentions(words_of("Hama"), [False], at_home=True)
    sentence = sentence_at_home(text)
    assert not sentence.places
    if events_in(sentence, SHARED.lexicon, Memory(["opposition"], [before])):
        assert SHARED._glance.at(text).refers


def test_a_zero_character_is_no_word() -> None:
    text = "Syria. Rebels captured Hama \0 Reuters \0 said."
    assert claims_of(text) == [["opposition", "captured", "Hama", "claimed"]]


def test_a_sentence_that_comes_again_is_drafted_again() -> None:
    text = "Syrian rebels captured Hama. "
    SHARED.forget()
    first = SHARED.drafts(document_from_text(text * 3), FRIDAY)
    again = SHARED.drafts(document_from_text(text * 3), FRIDAY)
    assert first == again
    assert [one.start for one in first[0]] == [text.index("Hama") + n * len(text) for n in range(3)]


def test_what_passed_sentences_named_is_remembered() -> None:
    text = (
        "Syrian rebels captured Aleppo. HTS is led by a former teacher. Bread was dear. "
        "They then captured Hama."
    )
    assert ["hts", "captured", "Hama", "asserted"] in claims_of(text)


def test_nothing_is_claimed_of_the_town_that_a_report_was_sent_from() -> None:
    text = "IDLIB, Syria, Dec. 6 (Wire) - Rebels fled a night in which the army shelled positions."
    drafts, _ = SHARED.drafts(document_from_text(text), FRIDAY)
    assert {(one.place, one.relation) for one in drafts} == {("IDLIB", "none")}
    assert all(text[one.start : one.end] == one.place for one in drafts)


def test_the_columns_of_drafts_are_known_to_the_reader_of_claims() -> None:
    assert set(DRAFT_COLUMNS) == set(DRAFT_FIELDS) - set(CLAIM_COLUMNS)


# --- addresses -----------------------------------------------------------------------------------------


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/missing":
            self.send_error(404)
            return
        kind = "image/png" if self.path == "/picture" else "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_an_address_is_read_only_when_asked_for(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "x.csv"
    with pytest.raises(SystemExit) as stopped:
        main(["extract", f"{server}/page", "-o", str(table)])
    assert stopped.value.code == 1
    assert "--online" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main(["extract", "--online", f"{server}/page", "-o", str(table)])
    assert stopped.value.code == 0
    (row,) = csv.DictReader(io.StringIO(table.read_text("utf-8")))
    assert (row["place"], row["publisher"], row["event_date"]) == (
        "Hama", "Example Wire", "2024-12-05",
    )  # fmt: skip


def test_answers_that_cannot_be_read_are_told(server: str) -> None:
    for path, words in (("/missing", "404"), ("/picture", "image/png")):
        with pytest.raises(ExtractionError, match=words):
            page_at(server + path)
    with pytest.raises(ExtractionError, match="fetched"):
        page_at("http://127.0.0.1:1/")
    with pytest.raises(ExtractionError, match="no host"):
        page_at("http:///x")
