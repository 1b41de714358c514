"""Addresses in the snippet that embeds a page: none that a browser would run."""

from __future__ import annotations

from pathlib import Path

import pytest

from syriamap.errors import PageError
from syriamap.webmap import embed_snippet

PAGE = "<title>Control in Fakeland</title>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "map.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVa\tscript:alert(1)", "\x01javascript:x",
     "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "https://[::1", "java\nscript:x"],
)  # fmt: skip
@pytest.mark.parametrize("word", ["image", "src"])
def test_addresses_that_run_are_refused(page: Path, address: str, word: str) -> None:
    with pytest.raises(PageError, match=word):
        embed_snippet(page, **{word: address})


@pytest.mark.parametrize(
    "address", ["map.png", "a/b:c.png", "https://example.org/x?y=z", "/x.png", "../x.png"]
)
@pytest.mark.parametrize("word", ["image", "src"])
def test_addresses_of_the_web_and_beside_the_report_pass(
    page: Path, address: str, word: str
) -> None:
    assert f'"{address}"' in embed_snippet(page, **{word: address})


@pytest.mark.parametrize(
    "data", ["{", "[]", '{"page": 3}', "{}", '{"page": {"language": 1}}', "[" * 50_000]
)
def test_a_page_with_other_data_is_one_line(page: Path, data: str) -> None:
    block = f'<script type="application/json" id="syriamap-data">{data}</script>'
    page.write_text(PAGE + block, encoding="utf-8")
    with pytest.raises(PageError, match="cannot be read"):
        embed_snippet(page, state="date=2030-01-01")
