"""Texts as numbers of phrases: every word comes out as it went in, of each list alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from phrases import spoken

from syriamap.webmap import shared_phrases
from syriamap.webmap.encode import inert_json
from syriamap.webmap.packing import packed_data
from syriamap.webmap.shared_phrases import in_phrases

WORDS = [
    "Homs",
    " was",
    " taken",
    "حلب",
    "",
    " ",
    "\0",
    "a\u0301",
    "\U0001f600",
    "</script>{{7*7}}",
    "\u2028",
    "1865",
]
ANY = st.lists(st.lists(st.text(max_size=9), max_size=9), max_size=5)
ALIKE = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map("".join), max_size=40), max_size=5
)


def lists_of_reports():
    """Texts that repeat each other in part, some often, some never."""
    draw = np.random.default_rng(8)

    def text():
        return "".join(WORDS[n] for n in draw.integers(0, len(WORDS), draw.integers(0, 9)))

    often = [text() for _ in range(9)]
    return [[*often, *(text() for _ in range(count)), *often] for count in (200, 0, 40, 3)]


@given(st.one_of(ANY, ALIKE))
def test_every_text_comes_out_again(lists):
    found = in_phrases(lists)
    clean = [
        [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in one]
        for one in lists
    ]
    for block, texts in zip(found.lists, clean, strict=True):
        assert spoken(found.table, block, len(texts)) == texts


def test_the_same_phrases_again():
    assert in_phrases(lists_of_reports()) == in_phrases(lists_of_reports())


def test_what_repeats_is_a_phrase_and_what_does_not_is_spelled():
    table = in_phrases([["Homs was taken"] * 9, ["Jisr was taken", "Xyz"]]).table
    assert "Homs" in table["words"]
    assert not {"Jisr", "Xyz"} & set(table["words"])
    assert set("JisrXyz") <= set(table["words"])
    assert len(table["left"]) == len(table["right"]) == len(table["bits"]) - len(table["words"]) - 1
    rare = in_phrases([[f"{one}{two}" for one in "abc" for two in "xyz"]])
    assert rare.table["left"] == []


def test_texts_that_repeat_others_take_little_room():
    some = [f"Report {number} of the day: lines moved" for number in range(500)]
    bytes_of_one = in_phrases([some]).lists[0]["bytes"] / len(some)
    assert bytes_of_one < 4


def test_pairs_of_equal_signs_do_not_overlap():
    for count in range(1, 40):
        found = in_phrases([["a" * count] * 9])
        assert spoken(found.table, found.lists[0], 9) == ["a" * count] * 9


@pytest.mark.browser
@pytest.mark.parametrize("engine", ["open_page", "firefox", "webkit"])
def test_every_engine_reads_them(request, engine, fake_file, tmp_path):
    lists = lists_of_reports()
    found = in_phrases(lists)
    packed = inert_json(
        [packed_data(found.table, folded=True), found.lists, [len(one) for one in lists]]
    )
    read = f"""
      const [table, lists, counts] = JSON.parse({inert_json(packed)});
      const of = syriamap.phrases.of(syriamap.columns.parse(JSON.stringify(table)));
      return lists.map((block, row) => of.texts(block, counts[row]));
    """
    page = request.getfixturevalue(engine)
    if engine == "open_page":
        page = page(fake_file).ready()
    else:
        page.open(fake_file)
    assert page.run(read) == lists


@pytest.mark.browser
def test_what_is_cut_short_is_damaged(open_page, fake_file):
    found = in_phrases([["Homs was taken", "Homs was held"]])
    opened = open_page(fake_file).ready()
    read = """([table, block]) => {
      try { return syriamap.phrases.of(table).texts(block, 99); } catch (error) { return error.message; }
    }"""
    assert "damaged" in opened.page.evaluate(read, [found.table, found.lists[0]])


def test_a_word_is_split_where_it_is_rare(monkeypatch):
    monkeypatch.setattr(shared_phrases, "_LEAST_WORD", 1)
    assert "Xyz" in in_phrases([["Xyz"]]).table["words"]
