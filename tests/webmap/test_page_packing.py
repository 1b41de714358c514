"""What makes the data of a page short, and that the page reads it back."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fakes import fake_frames, made_of
from hypothesis import given, strategies as st

from syriamap.webmap import control_map
from syriamap.webmap.columns import together
from syriamap.webmap.data import page_data
from syriamap.webmap.encode import inert_json
from syriamap.webmap.packing import _shared, packed_arcs, packed_data, packed_rings

LISTS = st.one_of(
    st.lists(st.integers(-3, 10**9), min_size=40, max_size=60),
    st.lists(st.text(), min_size=40, max_size=60),
)


def test_short_lists_and_lists_that_packing_would_lengthen_stay():
    assert packed_data({"a": [1, 2, 3], "b": ("x",)}) == {"a": [1, 2, 3], "b": ["x"]}
    between = ["~|^`\n", *"abcdefghijklmnopqrstuvwxyzabcdefghij"]
    assert packed_data(between) == between
    assert packed_data([2**60] * 200) == [2**60] * 200
    assert packed_data([0.5] * 200) == [0.5] * 200
    assert len(packed_data([7] * 200)["~"]) < 5


def test_an_arc_begins_where_the_last_one_ended():
    assert packed_arcs([]) == ""
    assert packed_arcs([[[5, 5], [1, 0]], [[6, 5], [0, 1]]]).count("|") == 0
    assert packed_arcs([[[5, 5], [1, 0]], [[5, 5], [0, 1]]]).count("|") == 1


def test_packed_rings_are_steps_of_arc_numbers():
    line = {"type": "LineString", "arcs": [1, 2]}
    assert packed_rings([line]) == [line]
    (one,) = packed_rings([{"type": "Polygon", "arcs": [[3, 4, -2]]}])
    (several,) = packed_rings([{"type": "MultiPolygon", "arcs": [[[3, 4, -2]], [[8], [9]]]}])
    assert several.startswith(one + "|")
    assert len(several.split("|")[1].split(" ")) == 2


@given(LISTS)
def test_packed_text_is_inert_and_shorter(values):
    packed = packed_data(values)
    if isinstance(packed, dict):
        text = inert_json(packed)
        assert not set("<>&") & set(text)
        assert "{{" not in text
        assert len(packed["~"]) < len(json.dumps(values))
    else:
        assert packed == values


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=8))
def test_columns_that_repeat_together_keep_every_value(rows):
    urls, titles = [url for url, _ in rows], [title for _, title in rows]
    stored = together({"url": urls, "title": titles}, "source")
    for name, column in (("url", urls), ("title", titles)):
        assert [stored[name]["values"][code] for code in stored["source"]] == column
    assert len(stored["url"]["values"]) == len(set(rows))


def random_lists():
    """Lists of every kind that a page has, and hostile texts, long enough to be packed."""
    draw = np.random.default_rng(5)

    def some(least, most, count):
        return draw.integers(least, most, count).tolist()

    appearing = [0]
    for is_new, age in zip(some(0, 4, 600), some(0, 30, 600), strict=True):
        newest = max(appearing)
        appearing.append(newest + 1 if is_new else max(0, newest - age))
    hostile = ["</script>", "{{7*7}}", "\U0001f600~", "\U0001f600b", "a\u0301", "", "~", "|^`"]
    hostile += ["\u2028", "\u202e", "</title><img onerror=alert(1)>"]
    return {
        "near": [n for n in some(-20, 20, 99) for n in (n, n * n * n * n)],
        "far": some(-(10**12), 10**12, 90),
        "rising": np.cumsum(some(-9, 99, 90)).tolist(),
        "same": [3] * 40 + [-1] * 60,
        "wide": some(320_000, 375_000, 200),
        "lists": [some(-40, 40, count) for count in some(0, 4, 50)],
        "steps": [[500 + i, 510 + i] for i in range(50)],
        "appearing": appearing,
        "sorted": sorted(f"https://example.org/{number}" for number in some(0, 999, 50)),
        "hostile": ["".join(hostile[i] for i in some(0, len(hostile), 2)) for _ in range(80)],
        "plain": [["حلب", "Homs", "\U0001f600"][i] for i in some(0, 3, 60)],
        "none": [""] * 40,
        "arabic": [["حلب", "عين العرب", "اللواء 93", ""][i] for i in some(0, 4, 60)],
    }


@pytest.mark.browser
def test_the_page_reads_every_list_back(open_page, tmp_path):
    frames = fake_frames(villages=200)
    path = tmp_path / "map.html"
    control_map(made_of(frames)).save(path)
    opened = open_page(path).ready()
    lists = random_lists()
    packed = packed_data(lists)
    packed["appearing"] = packed_data(lists["appearing"], folded=True)
    assert {text["~"][0] for text in packed.values() if "~" in text} == set("afnorslmpt")
    read = opened.page.evaluate("text => syriamap.columns.parse(text)", inert_json(packed))
    assert read == lists
    data = page_data(made_of(frames))
    topology = json.loads(json.dumps(data["topology"]))
    arcs = [[n for point in arc for n in point] for arc in topology["arcs"]]
    assert opened.run("return o.records.topology") == topology | {"arcs": arcs}
    claims = opened.run(
        "const c = o.records.claims; return [c.title, c.url, c.publisher, c.event_date, [...c.note]]"
    )
    assert claims[0] == [data["claims"]["title"]["values"][i] for i in data["claims"]["source"]]
    assert len(claims[0]) == len(claims[1]) == len(claims[2]) == len(data["claims"]["source"])


@given(st.lists(st.text("aäب\u0627\ud7ff\ue000🙂\0", max_size=100), min_size=1, max_size=12))
def test_shared_beginnings_are_those_of_each_pair(texts: list[str]):
    def shared(one: str, other: str) -> int:
        most = min(len(one), len(other), 84)
        return next((i for i in range(most) if one[i] != other[i] or one[i] > "\ud7ff"), most)

    longer = [*texts, texts[-1] + "a" * 90, texts[-1] + "a" * 95]
    for values in (texts, longer):
        assert _shared(values) == list(map(shared, ["", *values], values))
