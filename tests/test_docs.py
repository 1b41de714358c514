"""The site: built with warnings as errors; what it says of the program is the program's own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from commands import Run
from paths import ROOT
from scripts import script

import syriamap

PAGES = sorted((ROOT / "docs").glob("*.md"))
INSIDE, GLOSSARY = (
    (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8") for page in ("inside", "glossary")
)
NAMED = re.compile(r"`([\w./-]+\.(?:py|pyi|toml|csv))(?::([\w.]+))?`")
"""A file, and where a colon follows a name in it."""

FOLDERS = (ROOT, ROOT / "syriamap", ROOT / "gazetteer" / "syria", ROOT / "syriamap" / "look")


def reference() -> str:
    text: str = script("docs/commands.py").command_reference()
    return text


@cache
def defined_in(path: Path) -> set[str]:
    """Names at the top of a module, and members of its classes after a dot."""

    def names(body: list[ast.stmt], before: str = "") -> set[str]:
        found = set()
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(before + node.name)
            if isinstance(node, ast.ClassDef):
                found |= names(node.body, f"{node.name}.")
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            found |= {
                before + one.id for target in targets for one in ast.walk(target)
                if isinstance(one, ast.Name)
            }  # fmt: skip
        return found

    return names(ast.parse(path.read_text(encoding="utf-8")).body)


def rows_of(table: str) -> list[list[str]]:
    """Cells of the rows of a table, without its head."""
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line[:1] == "|"]
    return rows[2:]


def test_the_command_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python docs/commands.py"


def test_the_tables_of_fields_are_up_to_date() -> None:
    written = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    assert written == script("docs/exports.py").with_tables(written), "run: python docs/exports.py"
    assert written.count("### ") == 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_on_a_page_exist(page: Path) -> None:
    """Every `syriamap …` line of a page names a command and options that there are."""
    sections = re.split(r"^## ", reference(), flags=re.MULTILINE)[1:]
    known = {one.split("\n", 1)[0]: one for one in sections}
    for block in re.findall(r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            if not line.startswith("syriamap "):
                continue
            words = line.split()
            name = next((n for n in (" ".join(words[:3]), " ".join(words[:2])) if n in known), "")
            assert name, f"{page.name}: {line}"
            for option in re.findall(r"(?<= )--[a-z0-9-]+", line):
                assert option in known[name], f"{page.name}: {line}"


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("material")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "--quiet",
               "--site-dir", str(tmp_path / "site")]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "fonts.googleapis.com" not in index


def test_the_gallery_is_what_its_script_writes() -> None:
    gallery = script("docs/gallery.py")
    written = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert written == gallery.gallery_page(), "run: python docs/gallery.py"
    pictures = {one.name: one.stat().st_size for one in gallery.IMAGES.iterdir()}
    assert set(pictures) == {file for file, _, _ in gallery.PICTURES}, "run it with --draw"
    assert max(pictures.values()) < 600_000


def test_every_page_is_in_the_navigation() -> None:
    listed = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M))
    docs = ROOT / "docs"
    assert listed == {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}


# --- inside and the glossary --------------------------------------------------------------------


def test_the_picture_of_the_wings_is_up_to_date() -> None:
    written = (ROOT / "docs" / "images" / "wings.svg").read_text(encoding="utf-8")
    assert written == script("docs/wings.py").wings_svg(), "run: python docs/wings.py"
    assert len(written) < 60_000


@pytest.mark.parametrize("page", ["inside", "glossary"])
def test_what_a_page_names_is_there(page: str) -> None:
    text = {"inside": INSIDE, "glossary": GLOSSARY}[page]
    named = NAMED.findall(text)
    assert len(named) > 50
    for file, name in named:
        found = [folder / file for folder in FOLDERS if (folder / file).is_file()]
        assert found, f"{page}.md: no file {file}"
        if name:
            assert name in defined_in(found[0]), f"{page}.md: no {name} in {file}"


def test_the_table_of_wings_is_that_of_the_imports() -> None:
    imports = script("docs/wings.py").imports_of_wings()
    table = INSIDE.split("| read first |", 1)[1].split("\n\n", 1)[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| `")]
    wings = [row[0].strip(" `") for row in rows]
    assert sorted(wings) == sorted(imports)
    for number, row in enumerate(rows):
        told = re.findall(r"`(\w+)`", row[3])
        by = set(wings) - {*told, wings[number]} if "all but" in row[3] else set(told)
        assert by == {one for one in imports if wings[number] in imports[one]}, row[0]
        assert by <= set(wings[number + 1 :]), row[0]


WALKS = [
    walk for walk in re.split(r"(?=^###? )", INSIDE, flags=re.MULTILINE) if "| floor |" in walk
]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.split("\n", 1)[0].strip("# "))
def test_a_walk_climbs_as_it_says(walk: str) -> None:
    """The floors are those of the imports, an arrow stands where one is climbed, and is counted."""
    floors = script("docs/wings.py").floors_of(script("docs/wings.py").imports_of_wings())
    for table in re.split(r"\n\n", walk):
        before, climbs = 99, 0
        for cells in rows_of(table) if "| floor |" in table else ():
            file = NAMED.match(cells[1])
            assert file, cells
            floor = floors[file[1].split("/")[0].removesuffix(".py")]
            climbs += floor > before
            assert cells[0] == f"{floor}{' ↑' * (floor > before)}", cells
            before = floor
        told = re.search(r"It climbs (\d+) times", walk)
        if told and "| floor |" in table:
            assert climbs == int(told[1])


WORDS = (
    "vote, origin, belief, question, trust, pocket, ground, mesh, tessellation, node, filler, "
    "label, field, leaning, doubt, evidence, state, atom, history, story, dispute, draft, mention, "
    "frame, deed, row, record, wing, room, side, stance, claim, relation, certainty, control, "
    "territory, toponym, reviewed control, front band, front line, cut-off, map of a day"
).split(", ")
LIVED_ON = ("theater", "claims", "control", "territory", "history", "pipeline")


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_has_the_word(word: str) -> None:
    heads = [row[0] for row in rows_of(GLOSSARY)]
    said = {one for head in heads for one in [head, *re.split(r", | \(", head)]}
    assert word in said


@pytest.mark.parametrize("wing", LIVED_ON)
def test_the_glossary_has_every_public_class(wing: str) -> None:
    for file in sorted((ROOT / "syriamap" / wing).rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name[:1] != "_":
                path = f"{file.relative_to(ROOT / 'syriamap')}:{node.name}"
                assert f"`{path}`" in GLOSSARY, path


def test_the_page_of_the_library_has_every_public_name_wing_by_wing() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    line = re.findall(r"^\| `(\w+)` \|", INSIDE.split("## The walk")[0], re.MULTILINE)
    wings = re.findall(r"^## (\w+)$", page, re.MULTILINE)
    assert wings == [wing for wing in line if wing in wings]
    listed = {
        wing: re.findall(r"^::: (\S+)$", part, re.MULTILINE)
        for wing, part in zip(wings, page.split("\n## ")[1:], strict=True)
    }
    for wing, names in listed.items():
        assert all(name.startswith((f"syriamap.{wing}", "syriamap.files.")) for name in names), wing
    for name in set(syriamap.__all__) - {"__version__"}:
        module = getattr(syriamap, name).__module__
        assert {module, f"{module}.{name}"} & set(listed[module.split(".")[1]]), name


def test_every_promise_of_security_names_tests_that_are_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[a-z_/.]+)`", text))
    assert len(named) > 8
    assert not [one for one in named if not (ROOT / one).exists()]


def test_the_claims_are_counted_as_the_program_counts_them(run: Run) -> None:
    told = re.fullmatch(
        r"(\d+) claims on (\d+) places and (\d+) areas, .*, (\d+) publishers",
        run("claims", "stats").out.splitlines()[0],
    )
    assert told
    claims, places, areas, publishers = (f"{int(one):,}" for one in told.groups())
    counts = rf"{claims} (?:claims |of them )?on {places} places and {areas} areas"
    for page in ("README.md", "CHANGELOG.md", "docs/index.md", "gazetteer/syria/claims/CHANGES.md"):
        said = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert re.search(counts, said), page
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"by {publishers} graded publishers" in readme
