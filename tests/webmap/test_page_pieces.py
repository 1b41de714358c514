"""Many claims: the words of the older ones wait in pieces, and come when somebody asks for them."""

from __future__ import annotations

import json
import re

import pytest
from browser import OPEN_EVERYTHING
from fakes import fake_day, hostile_day
from hypothesis import given, strategies as st
from phrases import with_words
from waiting import unfolded

from syriamap.webmap import control_map, page_parts, waiting
from syriamap.webmap.columns import coded, cut, dates, dates_after, sparse, sparse_coded, together

PIECE = re.compile(r'class="syriamap-piece">(.*?)</script>', re.DOTALL)
WORDS = ("title", "url", "publisher", "asserted_by", "precision", "reported_on")
ALL_TOLD = "syriamap.pieces.told(syriamap.opened.records, {rows}, () => 0)"

TEXTS = st.lists(st.sampled_from(["", "a", "b", "حلب"]), min_size=1, max_size=9)


def read(column, columns):
    """Values of a column, as `records.js` reads them."""
    if isinstance(column, list):
        return column
    if "days" in column:
        return column["days"]
    if "of" in column:
        return [column["values"][code] for code in columns[column["of"]]]
    values = [column["values"][code] for code in column.get("codes", range(len(column["values"])))]
    return dict(zip(column["rows"], values, strict=True)) if "rows" in column else values


@given(TEXTS, st.integers(0, 9), st.integers(0, 9))
def test_a_cut_has_the_rows_and_no_value_besides(texts, start, stop):
    days = ["2031-05-01"] * len(texts)
    table = {
        "day": list(range(len(texts))),
        "date": dates(days),
        "later": dates_after(days, days, "date"),
        "kind": coded(texts),
        "name": sparse(texts),
        "note": sparse_coded(texts),
        **together({"url": texts, "title": texts}, "source"),
    }
    part = cut(table, range(min(start, len(texts)), min(stop, len(texts))))
    for name in ("day", "date", "later", "kind", "url", "title"):
        assert read(part[name], part) == read(table[name], table)[start:stop]
    for name in ("name", "note"):
        whole = read(table[name], table)
        expected = {row - start: text for row, text in whole.items() if start <= row < stop}
        assert read(part[name], part) == expected
    for name in ("kind", "note", "url"):
        assert set(part[name]["values"]) <= set(texts[start:stop])


@given(TEXTS, st.data())
def test_a_cut_takes_any_rows(texts, data):
    rows = sorted(data.draw(st.sets(st.integers(0, len(texts) - 1))))
    part = cut({"kind": coded(texts), "note": sparse_coded(texts)}, rows)
    kinds, notes = (read(part[name], part) for name in ("kind", "note"))
    assert kinds == [texts[row] for row in rows]
    assert [notes.get(at, "") for at in range(len(rows))] == kinds


def test_few_claims_stay_whole_and_many_keep_who_what_where_and_when():
    claims = {
        "place": [4, 0, 1, 2, 1, -1, 3, 2, 1, 2],
        "actor": [0] * 10,
        "kind": coded("abcdefghij"),
    }
    order = [3, 2, 1, 0, 4]
    assert waiting.in_pieces(claims, order) == (claims, [])
    assert waiting.in_pieces(claims, order, 10, 2) == (claims, [])
    kept, pieces = waiting.in_pieces(claims, order, 3, 3)
    assert (kept["first"], kept["piece"]) == (3, [0, 1, 0, 0, 0])
    assert (kept["place"], kept["actor"]) == (claims["place"], claims["actor"])
    told = [with_words(kept["phrases"], one) for one in (kept["told"], *pieces)]
    assert ["".join(read(one["kind"], one)) for one in told] == ["abc", "dfghj", "ei"]


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=40), st.integers(0, 9), st.integers(1, 9))
def test_all_claims_of_a_place_are_in_one_piece(places, first, size):
    names = [f"{row}" for row in range(len(places))]
    order = [5, 3, 1, 0, 2, 4, 6]
    kept, pieces = waiting.in_pieces({"place": places, "kind": coded(names)}, order, first, size)
    if len(places) <= first:
        assert not pieces
        return
    told = [read(one["kind"], one) for one in (with_words(kept["phrases"], one) for one in pieces)]
    piece = [*kept["piece"], 0]
    for number, rows in enumerate(told):
        assert rows == [
            name for row, name in enumerate(names) if row >= first and piece[places[row]] == number
        ]
        assert rows


@pytest.fixture(scope="module")
def small_pieces():
    """Pages that keep the words of one claim, and have pieces of two."""
    patch = pytest.MonkeyPatch()
    patch.setattr(
        page_parts, "in_pieces", lambda claims, order: waiting.in_pieces(claims, order, 1, 2)
    )
    yield
    patch.undo()


@pytest.fixture(scope="module")
def pieces_file(small_pieces, tmp_path_factory):
    """The page of the made-up country's day, its claims in pieces."""
    path = tmp_path_factory.mktemp("pieces") / "map.html"
    control_map(fake_day()).save(path)
    return path


@pytest.fixture(scope="module")
def pieces_of_two_days(small_pieces, write_two_days, tmp_path_factory):
    """Two days and a story, their claims in pieces."""
    return write_two_days(tmp_path_factory.mktemp("pieces"))


def pieces_in(path):
    return [json.loads(text) for text in PIECE.findall(path.read_text(encoding="utf-8"))]


def test_a_page_of_few_claims_has_no_pieces(fake_file):
    assert 'syriamap-piece"' not in fake_file.read_text(encoding="utf-8")


def test_the_same_pieces_again(pieces_file, tmp_path):
    control_map(fake_day()).save(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == pieces_file.read_bytes()
    titles = [unfolded(one)["title"]["values"] for one in pieces_in(pieces_file)]
    assert titles == [2, 2]


@pytest.mark.browser
def test_pieces_together_are_the_claims(open_page, fake_file, pieces_file):
    columns = f"""
      const c = o.records.claims;
      return [{json.dumps(WORDS)}.map(n => [...c[n]]), [...c.note], [...c.place_note],
              [c.place, c.actor, c.relation, c.certainty, c.event_date]];
    """
    whole = open_page(fake_file).ready().run(columns)
    opened = open_page(pieces_file).ready()
    count = opened.run("return o.records.claims.place.length")
    assert opened.run("return o.records.claims.title.filter(() => true).length") == 1
    rows = json.dumps(list(range(count)))
    assert opened.run("return " + ALL_TOLD.format(rows=rows)) is False
    opened.until(ALL_TOLD.format(rows=rows))
    assert opened.run(columns) == whole
    assert (opened.messages, opened.requests) == ([], [])


@pytest.mark.browser
def test_a_click_brings_the_words_of_its_claims_and_no_others(open_page, fake_file, pieces_file):
    def panel(opened):
        return opened.text("#sm-panel").split("Link")[0]

    whole = open_page(fake_file).ready()
    opened = open_page(pieces_file).ready()
    at = opened.run("const p = o.map.latLngToContainerPoint([44.5, 2.0]); return [p.x, p.y]")
    for page in (whole, opened):
        page.page.mouse.click(*at)
        assert "Alpha" in panel(page)
    opened.until("document.querySelector('#sm-panel').textContent.includes('Report c1')")
    assert panel(opened) == panel(whole)
    assert "…" not in panel(opened)
    assert opened.run("return document.activeElement.closest('#sm-panel') !== null")
    told = opened.run("return o.records.claims.title.map((t, i) => t && i).filter(i => i >= 0)")
    assert len(told) < opened.run("return o.records.claims.place.length")
    assert (opened.messages, opened.requests) == ([], [])


@pytest.mark.browser
def test_until_the_words_come_a_claim_says_who_what_and_when(open_page, pieces_file):
    opened = open_page(pieces_file).ready()
    first = opened.run(
        "o.openPlace(0, false); return document.querySelector('#sm-panel').textContent"
    )
    assert "Report c1" not in first
    assert all(words in first for words in ("…", "Red Army", "1 May 2031"))


@pytest.mark.browser
def test_list_search_download_and_print_find_all(open_page, fake_file, pieces_file, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    found = []
    for number, file in enumerate((fake_file, pieces_file)):
        opened = open_page(file).ready()
        opened.run("document.getElementById('sm-events').open = true")
        opened.until("document.querySelectorAll('.sm-eventful tbody tr').length === 2")
        events = opened.text(".sm-eventful")
        assert all(publisher in events for publisher in ("Hourly", "Weekly"))
        opened.run("document.getElementById('sm-places').open = true")
        opened.until("document.querySelectorAll('#sm-places tbody tr').length === 3")
        places = opened.text("#sm-places")
        opened.page.fill("#sm-find", "Gam")
        hits = opened.text(".sm-found")
        assert "Gamma" in hits
        texts = opened.run(
            "return [syriamap.download.csvText(o.records), syriamap.download.geojsonText(o.records)]"
        )
        opened.page.pdf(path=tmp_path / f"{number}.pdf")
        printed = pdfium.PdfDocument(tmp_path / f"{number}.pdf")
        sheet = printed[0].get_textpage().get_text_bounded()
        found.append((events, places, hits, texts, len(printed), sheet))
        assert (opened.messages, opened.requests) == ([], [])
    assert found[0] == found[1]


@pytest.mark.browser
def test_days_stories_and_a_second_map_have_their_words(open_page, pieces_of_two_days):
    opened = open_page(pieces_of_two_days).ready()
    opened.run("o.time.go(0); o.openPlace(0, false)")
    opened.until("document.querySelector('#sm-panel').textContent.includes('Report c2')")
    opened.run("o.state.apply(); o.openEvent([0], false)")
    opened.until("document.querySelector('#sm-panel').textContent.includes('Report c')")
    opened.page.click(".sm-kit")
    opened.page.click("[data-does=beside]")
    opened.until("syriamap.opened.kit.beside.records().isWhole")
    opened.run("o.panel.hide(); document.querySelector('.sm-split').focus()")
    opened.page.keyboard.press("Home")
    at = opened.run("const p = o.map.latLngToContainerPoint([44.5, 2.0]); return [p.x, p.y]")
    opened.page.mouse.click(*at)
    opened.until("document.querySelector('#sm-panel').textContent.includes('Report c1')")
    assert opened.run("return document.querySelector('.sm-of-side') !== null")
    assert (opened.messages, opened.requests) == ([], [])


@pytest.mark.browser
def test_a_damaged_piece_is_told_and_the_others_come(open_page, pieces_file, tmp_path):
    html = pieces_file.read_text(encoding="utf-8")
    first = PIECE.search(html)
    block = json.loads(first[1])
    text = block["deflate"]
    broken = json.dumps({**block, "deflate": text[:40] + text[45:] + text[:5]})
    path = tmp_path / "map.html"
    path.write_text(html[: first.start(1)] + broken + html[first.end(1) :], encoding="utf-8")
    opened = open_page(path).ready()
    lost = opened.run(
        "return o.records.claims.place.findIndex((p, i) => o.records.pieces.missing([i])[0] === 0)"
    )
    opened.run(f"o.openPlace(o.records.claims.place[{lost}], false)")
    opened.until("document.querySelector('#sm-panel').textContent.includes('damaged')")
    missing = "o.records.pieces.missing([i]).length"
    rows = opened.run(f"return o.records.claims.place.map((_, i) => i).filter(i => {missing})")
    assert rows
    opened.run("return " + ALL_TOLD.format(rows=json.dumps(rows)))
    opened.until(ALL_TOLD.format(rows=json.dumps(rows)))
    assert opened.run(f"return {json.dumps(rows)}.every(i => o.records.claims.title[i])")
    assert opened.messages == []


@pytest.mark.browser
def test_hostile_words_come_out_as_text(small_pieces, open_page, tmp_path):
    path = tmp_path / "map.html"
    control_map(hostile_day()).save(path)
    opened = open_page(path).ready()
    rows = opened.run("return o.records.claims.place.map((_, i) => i)")
    opened.run("return " + ALL_TOLD.format(rows=json.dumps(rows)))
    opened.until(ALL_TOLD.format(rows=json.dumps(rows)))
    opened.run(OPEN_EVERYTHING)
    assert opened.page.evaluate("window.PWNED") is None
    assert (opened.messages, opened.requests) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_in_other_engines_a_click_brings_the_words(request, engine, pieces_file):
    page = request.getfixturevalue(engine)
    page.open(pieces_file)
    at = page.run("const p = o.map.latLngToContainerPoint([44.5, 2.0]); return [p.x, p.y]")
    page.click_at(*at)
    page.until("document.querySelector('#sm-panel').textContent.includes('Report c1')")
    assert page.run("return syriamap.download.csvText(o.records)").startswith("layer,actor")
    page.run("document.getElementById('sm-events').open = true")
    page.until("document.querySelectorAll('.sm-eventful tbody tr').length === 2")
    assert "Hourly" in page.run("return document.querySelector('.sm-eventful').textContent")
