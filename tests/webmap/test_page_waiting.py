"""What waits compressed in a page: it comes out as it went in, and a page without it says so."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib

import numpy as np
import pytest
from fakes import EVERYTHING, fake_day, fake_frames, hostile_frames, made_of
from waiting import BLOCK, unfolded

from syriamap.webmap import control_map
from syriamap.webmap.data import page_data, relative_to_place
from syriamap.webmap.inline import LATER, START, joined_scripts
from syriamap.webmap.minified import minified
from syriamap.webmap.packing import DIGITS
from syriamap.webmap.slugs import without_title
from syriamap.webmap.waiting import as_text, folded, parted


@pytest.mark.parametrize("value", [[], {"a": [1, 2, 3]}, ["</script>{{7*7}}", "حلب"], "x" * 5000])
def test_what_is_folded_comes_out_again(value):
    assert unfolded(folded(value)) == value


def test_a_long_text_is_folded_in_little_memory():
    value = {"short": {"~": 'x"\\' * 50}, "long": {"~": 'name "of" a \\ place,' * 100_000}}
    size = len(json.dumps(value))
    tracemalloc.start()
    try:
        made = folded(value)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert unfolded(made) == value
    assert most < 8 * size


def test_the_folded_text_means_nothing_to_anybody():
    text = folded([str(number) for number in range(3000)])["deflate"]
    assert set(text) <= set(DIGITS)
    assert not set(text) & set("<>&\"'\\{")
    assert unfolded(folded(["\ud800"])) == ["\ufffd"]


def test_parts_together_are_the_whole():
    data = page_data(fake_day(villages=40))
    now, later = parted(data, "ar")
    first = data["page"]["first_places"]
    assert 3 <= first < len(data["places"]["name"])
    assert now["places"]["name"] + later["places"]["name"] == data["places"]["name"]
    kinds = now["places"]["kind"]["codes"] + later["places"]["kind"]["codes"]
    assert kinds == data["places"]["kind"]["codes"]
    rows = now["places"]["name_ar"]["rows"] + later["places"]["name_ar"]["rows"]
    assert rows == data["places"]["name_ar"]["rows"]
    assert later["claims"]["title"] == data["claims"]["title"]
    assert {**now["evidence"], **later["evidence"]} == data["evidence"]
    assert all(row < first for row in data["evidence"]["place"])


def test_claims_of_a_place_are_counted_in_it():
    assert relative_to_place([5, 5], [[0, 2], [1]], [5, 6, 5]) == [[0, 1], [-2]]


def test_the_short_script_was_made_from_this_one():
    script = joined_scripts()
    short = minified(script)
    assert short, "python -m syriamap.webmap.shortening"
    assert len(short) < 0.75 * len(script)
    for token in ("WORDS", "PATTERNS", "OLD_DAYS"):
        name = f"__SYRIAMAP_{token}__"
        assert short.count(name) == script.count(name) == 1
    assert minified(script + " ") is None


LINKS = [
    ("https://a.org/rebels-close-hama/7", "Rebels close in on Hama", "https://a.org/ -!$-hama/7"),
    ("https://a.org/wiki/Battle_of_Hama", "Battle of Hama - Wiki", "https://a.org/wiki/ W!%"),
    ("https://a.org/حلب-حماة-حمص/", "حلب، حماة، حمص", "https://a.org/ -!%/"),
    ("https://a.org/%d9%81%d9%8a-%d8%ad%d9%84%d8%a8", "في حلب", "https://a.org/ %!$"),
    ("https://a.org/%D9%81%D9%8A-%D8%AD%D9%84%D8%A8/", "في حلب", "https://a.org/ E!$/"),
    ("https://a.org/x-y", "X y", "https://a.org/x-y"),
    ("", "Rebels close in on Hama", ""),
    ("https://a.org/a-b?q=a", "", "https://a.org/a-b?q=a"),
]


@pytest.mark.parametrize(("url", "title", "short"), LINKS)
def test_a_link_leaves_out_what_its_title_says(url, title, short):
    assert without_title(url, title) == short


def deflated(text: bytes, level: int = 9, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> dict:
    packer = zlib.compressobj(level, strategy=strategy)
    return as_text(packer.compress(text) + packer.flush())


@pytest.mark.browser
def test_any_browser_unfolds_every_kind_of_block(open_page, fake_file):
    some = np.array(["حلب", "Hama", "x", " ", "<", "\0", "Homs, "], dtype=object)
    any_of = np.random.default_rng(7).choice(some, 20_000)
    text = "".join(any_of).encode()
    blocks = [
        deflated(b""), deflated(b"a"), deflated(b"a" * 3_000), deflated(text),
        deflated(text, 0), deflated(text, 1, zlib.Z_FIXED), deflated(text, 9, zlib.Z_HUFFMAN_ONLY),
    ]  # fmt: skip
    opened = open_page(fake_file).ready()
    read = """blocks => blocks.map((one) => {
        const { bytesOf, inflated } = syriamap.unfold;
        return new TextDecoder().decode(inflated(bytesOf(one)));
    })"""
    found = opened.page.evaluate(read, blocks)
    assert found == ["", "a", "a" * 3_000, *[text.decode()] * 4]
    short = {**blocks[3], "bytes": 400}
    complaint = """one => { try { syriamap.unfold.inflated(syriamap.unfold.bytesOf(one)); }
        catch (error) { return error.message; } }"""
    assert "damaged" in opened.page.evaluate(complaint, short)


@pytest.mark.parametrize("names", [(), LATER, START], ids=["page", "later", "start"])
def test_every_short_script_is_of_today(names):
    assert minified(joined_scripts(*names)), "python -m syriamap.webmap.shortening"


@pytest.mark.browser
def test_hostile_text_waits_and_comes_out_as_text(open_page, tmp_path):
    path = tmp_path / "map.html"
    made = made_of(hostile_frames())
    control_map(made).save(path)
    assert EVERYTHING not in path.read_text(encoding="utf-8")
    opened = open_page(path).ready()
    places, claims = (page_data(made)[name] for name in ("places", "claims"))
    names = [name.replace("\ud800", "\ufffd") for name in places["name"]]
    assert opened.run("return o.records.places.name") == names
    titles = [claims["title"]["values"][code] for code in claims["source"]]
    links = [claims["url"]["values"][code] for code in claims["source"]]
    assert opened.run("return o.records.claims.url") == links
    told = [title.replace("\ud800", "\ufffd") for title in titles]
    assert opened.run("return o.records.claims.title") == told
    opened.run("o.openPlace(0, false)")
    assert opened.page.evaluate("window.PWNED") is None
    assert (opened.messages, opened.requests) == ([], [])


BEFORE = {
    "without decompression": "delete window.DecompressionStream;",
    "damaged": "window.DecompressionStream = class { constructor() { throw new TypeError('?'); } };",
}


@pytest.mark.browser
@pytest.mark.parametrize("script", BEFORE.values(), ids=BEFORE)
def test_a_browser_that_cannot_unfold_shows_the_map_and_says_what_is_missing(
    open_page, fake_file, tmp_path, script
):
    path = tmp_path / "map.html"
    html = fake_file.read_text(encoding="utf-8")
    digest = base64.b64encode(__import__("hashlib").sha256(script.encode()).digest()).decode()
    html = html.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    html = html.replace("<script>", f"<script>{script}</script><script>", 1)
    path.write_text(html, encoding="utf-8")
    opened = open_page(path).ready()
    assert opened.run("return o.layers.held.getLayers().length") > 0
    opened.run("o.openPlace(0, false)")
    assert "cannot unpack" in opened.text("#sm-panel")
    assert "Holder" in opened.text("#sm-panel")
    for drawer in ("sm-places", "sm-events"):
        opened.run(f"document.getElementById('{drawer}').open = true")
        opened.page.wait_for_timeout(60)
        assert "cannot unpack" in opened.text(f"#{drawer}")
    opened.page.fill("#sm-find", "zzzz")
    assert "cannot unpack" in opened.text(".sm-found")
    assert opened.run("return document.getElementById('sm-language').hidden")
    assert opened.messages == []


@pytest.mark.browser
def test_links_come_out_whole(open_page, tmp_path):
    frames = fake_frames()
    claims = frames["claims"]
    rows = [LINKS[row % len(LINKS)] for row in range(len(claims))]
    frames["claims"] = claims.assign(
        source_url=[url for url, _, _ in rows], source_title=[title for _, title, _ in rows]
    )
    path = tmp_path / "map.html"
    control_map(made_of(frames)).save(path)
    opened = open_page(path).ready()
    found = opened.run("const c = o.records.claims; return c.url.map((u, i) => [u, c.title[i]])")
    assert {tuple(one) for one in found} <= {(url, title) for url, title, _ in LINKS}
    assert any(" " in short for url, title, short in LINKS if [url, title] in found)


@pytest.mark.browser
def test_a_damaged_block_is_told_and_does_no_harm(open_page, fake_file, tmp_path):
    path = tmp_path / "map.html"
    html = fake_file.read_text(encoding="utf-8")
    block = json.loads(BLOCK.search(html)[1])
    text = block["deflate"]
    broken = {**block, "deflate": text[:100] + text[105:] + text[:5]}
    path.write_text(
        BLOCK.sub(lambda _: f'id="syriamap-waiting">{json.dumps(broken)}</script>', html)
    )
    opened = open_page(path).ready()
    assert opened.run("return [o.records.isWhole, o.records.isLost]") == [False, True]
    assert opened.messages == []
