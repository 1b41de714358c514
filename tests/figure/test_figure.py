"""Figures for print: patterns as on the page, text that is text, the same bytes twice."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import shapely
from theaters import Row, claim, write_claims_csv

from syriamap.cli.app import main
from syriamap.errors import FigureError
from syriamap.figure import FORMATS, SIZES, FigureOptions, caption_of, draw_figure, save_figure
from syriamap.figure.changed import changed_areas
from syriamap.figure.sheet import Sheet
from syriamap.look.symbols import definition, tile_commands
from syriamap.look.wording import Words
from syriamap.pipeline.build import Build, build
from syriamap.theater.folder import Theater
from syriamap.webmap.inline import script_of

ROWS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "crown", "controls"),
    claim("elm", "rebels", "captured", publisher="Agency"),
    claim("pine", "rebels", "controls"),
    claim("fir", "crown", "controls"),
    claim("fir", "rebels", "captured", day="2030-03-04"),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-04", claim_id="strike"),
    claim("", "guests", "controls", place='Camp "<x>" $a$ {{1}}', lat="46.9", lon="14.1"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_claims_csv(tmp_path_factory.mktemp("figure") / "claims.csv", ROWS)


@pytest.fixture(scope="module")
def made(theater: Theater, file: Path) -> Build:
    return build("2030-03-05", theater=theater, claims=[file], known_by="2030-03-20")


@pytest.fixture(scope="module")
def before(theater: Theater, file: Path) -> Build:
    return build("2030-03-02", theater=theater, claims=[file])


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_figure_has_the_same_bytes(made: Build, tmp_path: Path, kind: str) -> None:
    files = [made.figure(tmp_path / f"{n}.{kind}", size="column") for n in (1, 2)]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", sorted(SIZES))
def test_every_size_in_both_languages(
    made: Build, tmp_path: Path, size: str, language: str
) -> None:
    path = made.figure(tmp_path / "map.svg", size=size, language=language)
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    wide, high, _, _ = SIZES[size]
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(wide, abs=0.1)
    assert float(root.attrib["height"].removesuffix("pt")) == pytest.approx(high, abs=0.1)
    texts = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    # letters are embedded, and none of the text became a drawing
    assert "data:font/ttf;base64," in path.read_text(encoding="utf-8")
    assert {"Oakham"} & texts if language == "en" else {"أوكهام"} & texts
    assert any("2030" in (text or "") for text in texts)


def test_hostile_names_are_letters(made: Build, tmp_path: Path) -> None:
    options = FigureOptions(around=(46.9, 14.1, 12), title="$x^2$ <b>&amp; {{7*7}}")
    path = save_figure(draw_figure(made, options=options), tmp_path / "map.svg")
    text = path.read_text(encoding="utf-8")
    texts = [one.text for one in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    assert "$x^2$ <b>&amp; {{7*7}}" in texts
    assert 'Camp "<x>" $a$ {{1}}' in texts


def test_a_pdf_holds_its_letters(made: Build, tmp_path: Path) -> None:
    data = made.figure(tmp_path / "map.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"SyriamapSans-Bold" in data
    assert b"CreationDate" not in data


def test_page_and_figure_share_one_definition() -> None:
    script = script_of("patterns")
    for size, path in definition()["tiles"].values():
        assert f'[{size},"{path}"]' in script
    assert "__SYRIAMAP" not in script_of()
    for _, path in [*definition()["tiles"].values(), definition()["hatch"]]:
        commands = tile_commands(path)
        written = "".join(
            letter + " ".join(f"{x:g} {y:g}" for x, y in points) for letter, points in commands
        )
        assert written == path, "only M, L, Q, C and Z, absolute: what both can draw"


def test_every_pattern_of_the_theater_is_defined(syria: Theater) -> None:
    assert set(syria.actors["pattern"]) <= {"none", *definition()["tiles"]}


@pytest.fixture(scope="module")
def syria() -> Theater:
    from syriamap.theater.folder import read_theater

    return read_theater()


def test_what_changed(before: Build, made: Build) -> None:
    found = changed_areas(before.territory, made.territory)
    names = [one.actor for one in found]
    assert "rebels" in names
    assert all(one.km2 > 0 and one.shape.is_valid for one in found)
    assert all(bool(one.actor) != bool(one.look) for one in found)
    gained = {one.actor: one.shape for one in found}["rebels"]
    held = made.territory[made.territory["actor"] == "rebels"].union_all()
    assert shapely.difference(gained, held).area < 1
    assert changed_areas(made.territory, made.territory) == []


def test_the_caption_counts(before: Build, made: Build) -> None:
    text = caption_of([made], before=before)
    caption, alt = text.split("\n\n")
    assert "5 March 2030" in caption
    assert "information cut-off 20 March 2030" in caption
    assert alt.startswith("Alt text: Map. What changed in Arcadia, 2 March 2030 – 5 March 2030")
    assert "Gained since 2 March 2030: Rebel Front" in alt
    shares = [float(share) for share in re.findall(r"\(([\d.]+) %\)", alt)]
    assert sum(shares) == pytest.approx(100, abs=0.5)


def test_thousands_of_publishers_are_written_as_claims_are(
    theater: Theater, tmp_path: Path
) -> None:
    rows = [claim("oak", "crown", "controls", publisher=f"Herald {n}") for n in range(1234)]
    file = write_claims_csv(tmp_path / "many.csv", rows)
    many = build("2030-03-05", theater=theater, claims=[file])
    assert "1,234 claims by 1,234 publishers" in caption_of([many])
    drawn = many.figure(tmp_path / "many.svg", size="page").read_text("utf-8")
    assert "1,234 claims by 1,234 publishers" in drawn
    assert " and 1,226 more" in drawn


def test_small_multiples_name_each_date(before: Build, made: Build, tmp_path: Path) -> None:
    sheet = draw_figure(before, made, before, made, options=FigureOptions(size="slide"))
    text = save_figure(sheet, tmp_path / "many.svg").read_text(encoding="utf-8")
    assert ">2 March 2030</text>" in text
    assert ">5 March 2030</text>" in text


def test_names_do_not_collide(made: Build) -> None:
    sheet = draw_figure(made, options=FigureOptions(size="page"))
    names = set(made.theater.places["name"])
    boxes = []
    renderer = sheet.figure.canvas.get_renderer()
    for text in sheet.axes.texts[1::1]:
        if text.get_text() in names and text.get_color() != "white":
            extent = text.get_window_extent(renderer)
            boxes.append(shapely.box(*extent.extents).buffer(-1.5))
    assert len(boxes) >= 5
    for i, one in enumerate(boxes):
        assert not any(one.intersects(other) for other in boxes[i + 1 :])


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(FigureError, match="there are: en, ar"):
        Words("fr")


def run(theater: Theater, file: Path, *words: str) -> None:
    main(["figure", *words, "--theater", str(theater.folder), "--claims", str(file)])


def test_the_command(
    theater: Theater, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.png"
    with pytest.raises(SystemExit) as stop:
        run(theater, file, "2030-03-05", "-o", str(out), "--around", "Oakham", "--km", "30",
            "--changes-since", "2030-03-02")  # fmt: skip
    assert stop.value.code == 0
    shown = capsys.readouterr()
    assert "Alt text: " in shown.out
    assert "wrote" in shown.err
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2030-03-05", "-o", "a.gif"], ".png"),
        (["2030-03-05", "-o", "a.png", "--size", "wall"], "column"),
        (["2030-03-05", "-o", "a.png", "--lang", "xx"], "en, ar"),
        (["2030-03-05", "-o", "a.png", "--bounds", "1,2,3"], "west,south,east,north"),
        (["2030-03-05", "-o", "a.png", "--bounds", "9,2,3,4"], "west,south,east,north"),
        (["2030-03-05", "-o", "a.png", "--around", "Nowhere at all"], "Nowhere"),
        (["2030-03-05", "-o", "a.png", "--around", "Oakham", "--km", "0"], "0.5 to 5000"),
        (["2030-03-05", "-o", "a.png", "--changes-since", "2030-03-05"], "not before"),
    ],
)
def test_what_cannot_be_drawn(
    theater: Theater, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], words: list[str], message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        run(theater, file, *words)
    assert stop.value.code == 1
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_area_that_touches_itself_on_paper_is_drawn() -> None:
    sheet = Sheet.blank(200, 200, unit=7.5, rtl=False).inside((0, 0, 150, 150))
    bow = shapely.Polygon([(10, 10), (90, 90), (90, 10), (10, 90)])
    assert not bow.is_valid
    sheet.held(bow, "#aa3322", "dots", order=1)
    sheet.contested(bow, "#aa3322", order=2)
