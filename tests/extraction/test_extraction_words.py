"""The words of extraction: they stand in data files, each list with what it is for, and are used."""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from syriamap import extraction
from syriamap.claims.reader import CERTAINTIES, RELATIONS
from syriamap.extraction.lexicon.verb_frames import read_frames
from syriamap.extraction.lexicon.vocabulary import any_of, read_words
from syriamap.extraction.lexicon.word_files import read_word_tables

WING = Path(extraction.__file__).parent
FILES = sorted(WING.rglob("*.py"))
WORD_FILES = sorted((WING / "lexicon" / "words").glob("*.toml"))

MOST_WORDS = 2
"""Words of a language that a literal collection of a module, or a regular expression, may hold."""

WORD = re.compile(r"[^\W\d_][^\W\d_'’.]*(?: [^\W\d_]+)*")

CODES = (
    {*RELATIONS, *CERTAINTIES, "none", "denied", "hypothetical"},
    {frame.name for frame in read_frames()},
    set("city town village hamlet district adm1 area border mountain unresolved quarter"
        .split()),  # mentions
    set("via needs agent between direct".split()),  # fields of Arabic deeds
    set("source_file start end actor relation decision place place_id against event_date date_precision "
        "asserted_by certainty sentence sentence_start sentence_end at words accepted rejected added "
        "day week month year".split()),  # decisions
    set("day month year".split()),  # precisions
    set("sentence quote place actor actor_words relation against trigger day_words certainty claims "
        "fenced broken huge schema".split()),  # fields of a model's reply, and what is wrong with it
    set("type string integer enum array items object properties required model messages role content "
        "system user temperature seed stream name strict published sentences n text "
        "response_format json_schema choices message question reply".split()),  # of its schema and server
    set("base past part either ing".split()),  # forms of verbs
    {"low", "medium", "high"},
    {"active", "passive", "fell to", "distance", "drove out", "battle", "noun", "beside",
     "noun of a subject", "relative clause"},  # rules of the patterns
    set("dobj attr oprd obj pobj nsubj nsubjpass prep pcomp conj xcomp ccomp advcl dep acl relcl "
        "amod compound nmod poss nummod".split()),  # what the parser calls its relations
    {"ner", "senter", "lemmatizer", "attribute_ruler"},  # and the parts of its model
    set("kind lat lon population".split()),  # columns
    set("base places units keeping cards texts keys".split()),  # parts of the sheet's script
)  # fmt: skip
"""Words that the program gives or is given: their collections stand in code."""

MARKUP = {
    ("texts.tokens", "_SKIPPED"), ("texts.tokens", "_INLINE"),
    ("texts.tokens", "_LOOKS_LIKE_HTML"), ("texts.pages", "_TAG"), ("texts.pages", "_DATES"),
    ("texts.pages", "_ARTICLES"),
}  # fmt: skip
"""Constants that hold names of HTML, of metadata and of JSON-LD."""


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(WING).with_suffix("").parts)


def statements(tree: ast.AST) -> list[tuple[str, ast.stmt]]:
    """All statements that hold no others, with the name that one at the top assigns."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.append((node.targets[0].id, node))
        elif isinstance(node, ast.stmt):
            found.append(("", node))
    return found


def words_in(node: ast.expr) -> list[str]:
    """The words of a literal, those of literals inside it too; none of a record of values."""
    if isinstance(node, ast.Constant):
        value = node.value
        return [value] if isinstance(value, str) and WORD.fullmatch(value) else []
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.Dict):
        parts = [one for one in [*node.keys, *node.values] if one is not None]
        if not all(isinstance(one, LITERALS) for one in parts):
            return []
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"frozenset", "set", "tuple"}:
        parts = node.args
    else:
        return []
    words = [word for one in parts for word in words_in(one)]
    record = isinstance(node, ast.Tuple) and not all(isinstance(one, LITERALS) for one in parts)
    return [] if record and len(words) <= MOST_WORDS else words


LITERALS = (ast.Constant, ast.Set, ast.List, ast.Tuple, ast.Call)


def alternatives_in(pattern: str) -> list[str]:
    """The words between which a regular expression has the choice."""
    bare = re.sub(r"\\.|\[[^\]]*\]|\(\?P<\w+>|\(\?[:=!<]*", " ", pattern)
    return re.findall(r"(?:(?<=\|)|(?<=\())[^\W\d_]{2,}|[^\W\d_]{2,}(?=\|)", bare)


def too_many(source: str, module: str) -> list[str]:
    """Literals of a module with more words than a literal may hold."""
    tree = ast.parse(source)
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    markup = {
        id(inside)
        for name, node in statements(tree)
        if name == "__all__" or (module, name) in MARKUP
        for inside in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr) or id(node) in markup | docs:
            continue
        words = set(words_in(node)) if not isinstance(node, ast.Constant) else set()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            words = set(alternatives_in(node.value))
        if isinstance(node, ast.Attribute) and node.attr == "split":
            line = node.value.value if isinstance(node.value, ast.Constant) else ""
            words = set(line.split()) if isinstance(line, str) else words
        if len(words) > MOST_WORDS and not any(words <= codes for codes in CODES):
            found.append(f"{module}, line {node.lineno}: {sorted(words)}")
    return found


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_no_module_holds_a_list_of_words(file: Path) -> None:
    assert too_many(file.read_text("utf-8"), module_of(file)) == []


@pytest.mark.parametrize(
    "source",
    [
        'A = frozenset({"in", "on", "at"})',
        'def f(x):\n    return x in {"near", "outside", "around", ","}',
        'for one in ("take", "took", "taken"):\n    pass',
        'A = {"jan": 1, "feb": 2, "mar": 3}',
        'A = {"fall": frozenset({"of"}), "advance": frozenset({"on", "toward"})}',
        'A = re.compile(r"(?:could not|cannot|unable to)\\s+verif")',
        'A = re.compile(rf"\\d+(?P<unit>km|kms|miles){B}")',
        'A = "near outside around".split()',
    ],
)
def test_a_list_of_words_is_seen(source: str) -> None:
    assert too_many(source, "made.up")


@pytest.mark.parametrize(
    "source",
    [
        'A = {"to", "into"}',
        'A = {",", ";", "-", "(", "to"}',
        'A = {"captured", "struck", "besieged"}',
        'A = re.compile(r"[a-z]+|\\d{2}(?:19|20)|(?P<year>x)")',
        'B = f(first, "role", second, "object", "none")',
    ],
)
def test_codes_and_signs_are_no_list_of_words(source: str) -> None:
    assert too_many(source, "made.up") == []


# --- the files ----------------------------------------------------------------------------------


def test_every_list_has_its_own_name() -> None:
    names = [
        name for file in WORD_FILES for name in tomllib.loads(file.read_text(encoding="utf-8"))
    ]
    assert len(names) == len(set(names))
    assert set(names) == {*read_words(), *read_word_tables()} - {"speech_forms"}


@pytest.mark.parametrize("file", WORD_FILES, ids=lambda file: file.stem)
def test_every_list_says_what_it_is_for(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    in_table = False
    for before, line in pairwise(lines):
        in_table = bool(line) and (in_table or before.startswith("["))
        if re.match(r"\w+ = \[$|\w+ = \[.*\]$|\[\w+\]$", line) and not in_table:
            assert re.fullmatch(r"# .*\.\)?", before), line


@pytest.mark.parametrize("file", WORD_FILES, ids=lambda file: file.stem)
def test_no_word_stands_twice_in_a_list(file: Path) -> None:
    for name, words in tomllib.loads(file.read_text("utf-8")).items():
        assert words, name
        if isinstance(words, list):
            assert len(words) == len(set(words)), name
            assert name == "abbreviations" or words == [word.lower() for word in words], name


def test_every_list_is_asked_for() -> None:
    asked = {
        node.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert sorted({*read_words(), *read_word_tables()} - asked) == []


def test_a_longer_word_is_tried_before_a_shorter() -> None:
    pattern = re.compile(any_of(read_words()["joined_units"]))
    assert [pattern.match(one)[0] for one in ("km", "kms", "miles")] == ["km", "kms", "miles"]  # type: ignore[index]
