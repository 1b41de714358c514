"""The house rules that can be read off the code: imports, public names, docstrings, sizes."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import syriamap

PACKAGE = Path(syriamap.__file__).parent
DOOR = PACKAGE / "__main__.py"
"""What `python -m syriamap` opens: it hands over to the last wing and is none itself."""
FILES = sorted(set(PACKAGE.rglob("*.py")) - {DOOR})

WINGS = (
    "errors", "online", "files", "cache", "jobs", "look", "theater", "names", "claims", "control", "territory", "history",
    "extraction", "webmap", "figure", "export", "explain", "evaluate", "pipeline", "report", "serve", "cli",
)  # fmt: skip
"""The listing of the package in the order in which data flows."""

EXTRACTION = (
    "drafts", "texts", "lexicon", "places", "sentence", "manner", "patterns", "arabic", "parse",
    "model", "reading", "review",
)  # fmt: skip
"""The rooms of extraction in the order in which a text becomes drafts."""

MOST_FLOORS = 11
"""A wing stands a floor above the highest wing that it imports."""


def module_of(file: Path) -> str:
    parts = ("syriamap", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [module_of(file) for file in FILES]
SOURCES = {module: file.read_text(encoding="utf-8") for module, file in zip(MODULES, FILES)}  # noqa: B905


@cache
def tree_of(module: str) -> ast.Module:
    """What a module says; read when a test asks, not by every worker that lists the tests."""
    return ast.parse(SOURCES[module])


@cache
def calls_in(module: str) -> tuple[str, ...]:
    """Whatever a module calls, as it stands there."""
    nodes = ast.walk(tree_of(module))
    return tuple(ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call))


def top(module: str) -> str:
    """First name below the package: `syriamap.webmap.data` → `webmap`."""
    return [*module.split("."), ""][1]


@cache
def imports(module: str) -> list[str]:
    """Every module of the package that is imported, inside functions and for typing too."""
    found = []
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [one if one in SOURCES else node.module for one in whole]
    return [one for one in found if one.split(".")[0] == "syriamap"]


def constants(tree: ast.Module) -> dict[str, bool]:
    """Names assigned at the top of a module, and whether a docstring stands below each."""
    names = {}
    for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        said = (
            isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        )
        for target in targets:
            elements = target.elts if isinstance(target, ast.Tuple) else [target]
            names.update({one.id: said for one in elements if isinstance(one, ast.Name)})
    return names


def names_of(module: str) -> list[str]:
    """What a module hands out; a folder that is a docstring alone hands out nothing."""
    if len(tree_of(module).body) == 1:
        return []
    return list(importlib.import_module(module).__all__)


def definitions(tree: ast.Module) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


# --- imports ------------------------------------------------------------------------------------


def test_the_listing_of_the_package_is_the_line() -> None:
    there = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.name[:1] not in "_." and path.suffix != ".typed"
    }
    assert there == set(WINGS)
    assert {top(module) for module in MODULES} - {""} == set(WINGS)


@pytest.mark.parametrize("module", [module for module in MODULES if module != "syriamap"])
def test_a_wing_imports_only_wings_before_it(module: str) -> None:
    for other in imports(module):
        if other == "syriamap":
            assert top(module) == "cli", f"{module} imports syriamap itself"
        elif top(other) != top(module):
            assert WINGS.index(top(other)) < WINGS.index(top(module)), f"{module} imports {other}"


def test_the_door_leads_to_the_command_line_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "syriamap", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == syriamap.__version__
    tree = ast.parse(DOOR.read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "syriamap.cli.app"}


def test_the_house_has_few_floors() -> None:
    floors: dict[str, int] = {}
    for wing in WINGS:
        below = {
            top(other) for module in MODULES if top(module) == wing for other in imports(module)
        }
        floors[wing] = 1 + max((floors[one] for one in below - {wing, ""}), default=0)
    assert max(floors.values()) <= MOST_FLOORS, floors


def first_circle(arrows: dict[str, set[str]]) -> list[str]:
    """What is left when everything that stands on something else has been taken away."""
    done: set[str] = set()
    while len(done) < len(arrows):
        ready = {one for one, others in arrows.items() if others - {one} <= done} - done
        if not ready:
            return sorted(set(arrows) - done)
        done |= ready
    return []


@pytest.mark.parametrize("wing", WINGS)
def test_no_circle_inside_a_wing(wing: str) -> None:
    name = f"syriamap.{wing}"
    inside = [module for module in MODULES if module == name or module.startswith(f"{name}.")]
    arrows = {module: {one for one in imports(module) if one in inside} for module in inside}
    assert first_circle(arrows) == []
    for module in inside:
        if module != name:
            assert name not in arrows[module], f"{module} imports its own wing"


@pytest.mark.parametrize("wing", WINGS)
def test_no_circle_of_rooms_inside_a_wing(wing: str) -> None:
    def room(module: str) -> str:
        return module.split(".")[2] if module.count(".") > 1 else ""

    inside = [module for module in MODULES if top(module) == wing]
    rooms: dict[str, set[str]] = {room(module): set() for module in inside}
    for module in inside:
        rooms[room(module)] |= {room(other) for other in imports(module) if top(other) == wing}
    assert first_circle(rooms) == []


def test_the_rooms_of_extraction_are_a_line() -> None:
    wing = PACKAGE / "extraction"
    assert {path.stem for path in wing.iterdir() if path.name[:2] != "__"} == set(EXTRACTION)
    told = ast.get_docstring(tree_of("syriamap.extraction")) or ""
    assert tuple(re.findall(r"^`(\w+)`", told, re.MULTILINE)) == EXTRACTION


@pytest.mark.parametrize(
    "module", [one for one in MODULES if top(one) == "extraction" and one.count(".") > 1]
)
def test_a_room_of_extraction_imports_only_rooms_before_it(module: str) -> None:
    room = module.split(".")[2]
    for other in imports(module):
        if top(other) == "extraction" and other.split(".")[2] != room:
            before = EXTRACTION.index(other.split(".")[2])
            assert before < EXTRACTION.index(room), f"{module} imports {other}"


def test_no_module_is_called_as_its_folder_or_as_another() -> None:
    names = [module.rsplit(".", 1)[-1] for module in MODULES if module != "syriamap"]
    assert [name for name in names if names.count(name) > 1] == []


# --- names and words ----------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
def test_all_is_what_there_is(module: str) -> None:
    loaded = importlib.import_module(module)
    listed = names_of(module)
    tree = tree_of(module)
    assert len(set(listed)) == len(listed)
    for name in listed:
        assert hasattr(loaded, name), f"{module}.{name} does not exist"
    public = {name for name in definitions(tree) | set(constants(tree)) if name[:1] != "_"}
    assert public <= set(listed), f"{module}: {sorted(public - set(listed))} not in __all__"


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_is_documented(module: str) -> None:
    tree = tree_of(module)
    assert ast.get_docstring(tree), module
    documented = constants(tree)
    for name in names_of(module):
        if name in documented and name != "__version__":
            assert documented[name], f"{module}.{name}: no docstring below it"
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name[:1] != "_":
            assert ast.get_docstring(node), f"{module}.{node.name}"
        if isinstance(node, ast.ClassDef) and node.name[:1] != "_":
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name[:1] != "_":
                    assert ast.get_docstring(method), f"{module}.{node.name}.{method.name}"


@pytest.mark.parametrize("module", MODULES)
def test_a_section_of_parameters_names_them_all(module: str) -> None:
    loaded = importlib.import_module(module)
    for name in names_of(module):
        function = getattr(loaded, name)
        if not inspect.isfunction(function) or function.__module__ != module:
            continue
        text = inspect.getdoc(function) or ""
        if "\nParameters\n---" in text:
            missing = [one for one in inspect.signature(function).parameters if one not in text]
            assert not missing, f"{module}.{name}: {missing}"


def test_every_public_function_is_typed() -> None:
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.FunctionDef):
                assert node.returns is not None, f"{module}.{node.name}"


def test_only_the_command_line_prints_or_exits() -> None:
    for module in MODULES:
        if top(module) == "cli":
            continue
        for words in calls_in(module):
            assert words not in {"print", "exit", "quit", "sys.exit"}, f"{module}: {words}"


def test_no_stage_reads_a_clock_or_the_network() -> None:
    clocks = ("date.today", "datetime.now", "datetime.utcnow", "time.time", "Timestamp.now")
    networks = {"socket", "urllib.request", "http.client", "requests", "httpx", "random"}
    asked = {
        "syriamap.online.targets",  # connects when --online asks for it
        "syriamap.online.fetching",  # likewise
        "syriamap.serve.listening",  # listens on this machine alone, when it is asked to serve
        "syriamap.cli.claim_commands",  # warns of claims dated after today; changes nothing
        "syriamap.cli.options",  # tells the question which day it is for whoever asks
    }
    for module in MODULES:
        if module in asked:
            continue
        assert not [words for words in calls_in(module) if words.endswith(clocks)], module
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Import):
                assert not networks & {alias.name for alias in node.names}, module
            if isinstance(node, ast.ImportFrom):
                assert node.module not in networks, module


# --- the package itself -------------------------------------------------------------------------


WINGS_WITH_NAMES = [file for file in FILES if file.with_suffix(".pyi").exists()]


@pytest.mark.parametrize("file", WINGS_WITH_NAMES, ids=module_of)
def test_what_a_wing_hands_on_is_there(file: Path) -> None:
    wing = importlib.import_module(module_of(file))
    for name in wing.__all__:
        assert getattr(wing, name) is not None
        if name != "__version__":
            assert name in dir(wing)
    with pytest.raises(AttributeError, match="nothing"):
        _ = wing.nothing


def loaded_by(statement: str) -> set[str]:
    code = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "geopandas", "folium", "shapely", "scipy", "typer"}
    assert not loaded_by("import syriamap") & heavy


def test_resolving_names_does_not_wait_for_the_mapping_libraries() -> None:
    heavy = {"pandas", "numpy", "geopandas", "folium", "scipy", "pyproj", "shapely", "matplotlib"}
    assert not loaded_by("import syriamap.names.gazetteer, syriamap.cli.app") & heavy


def test_errors_are_one_tree_that_the_docstring_draws() -> None:
    from syriamap import errors

    for name in errors.__all__:
        value = getattr(errors, name)
        if inspect.isclass(value) and issubclass(value, Exception):
            assert issubclass(value, errors.SyriamapError)
            assert name in (errors.__doc__ or ""), f"{name} is not in the tree"


def test_the_tests_cannot_reach_the_network() -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match="reaches for the network"):
        outward.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="looks up a name"):
        socket.getaddrinfo("example.org", 80)
