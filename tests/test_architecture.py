"""The house rules that can be read off the code: imports, public names, docstrings, sizes."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import syriamap

PACKAGE = Path(syriamap.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

LINE = (
    "errors", "_tables", "_folder", "_transliteration", "toponyms", "_layers", "_theater_tables",
    "theater", "_agreement", "_kind_words", "_resolution", "_name_index", "_elsewhere",
    "_resolver", "gazetteer", "_lines", "_phrases", "relative", "geocoder", "_claim_rows", "claims",
    "claim_sets", ("sources", "extraction"), "evidence", "areas", "belief", "hazard", "control",
    "territory", "frontline",
    "atoms", "stories", "changes", "patterns", "wording", "days", "truth",
    "_claim_map", "scores", ("evaluate", "explain", "heldout"),
    "_scoring", ("webmap", "figure", "export"), "_question", "pipeline", "report", "_options", "_commands",
    "_question_commands", "_file_commands", "_extract", "cli",
)  # fmt: skip
"""DESIGN 3: each module imports only modules to its left; those in one pair do not meet."""

RANK = {
    name: rank
    for rank, names in enumerate(LINE)
    for name in ((names,) if isinstance(names, str) else names)
}


def module_of(file: Path) -> str:
    parts = ("syriamap", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [module_of(file) for file in FILES]
SOURCES = {module: file.read_text(encoding="utf-8") for module, file in zip(MODULES, FILES)}  # noqa: B905
TREES = {module: ast.parse(source) for module, source in SOURCES.items()}


def top(module: str) -> str:
    """First name below the package: `syriamap.webmap.data` → `webmap`."""
    return [*module.split("."), ""][1]


def imports(module: str) -> list[str]:
    """Every module of the package that is imported, inside functions and for typing too."""
    found = []
    for node in ast.walk(TREES[module]):
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


def definitions(tree: ast.Module) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


# --- imports ------------------------------------------------------------------------------------


def test_every_module_has_its_place_in_the_line() -> None:
    assert {top(module) for module in MODULES} - {""} == set(RANK)


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    for other in imports(module):
        if module == "syriamap":
            continue  # names are loaded lazily, from any module
        if top(other) == top(module):
            continue  # inside one package; see the test on cycles
        if other == "syriamap":
            assert top(module) == "cli", f"{module} imports syriamap itself"
            continue
        assert RANK[top(other)] < RANK[top(module)], f"{module} imports {other}"


def test_only_functions_of_the_command_line_import_the_package_itself() -> None:
    at_top = [node for node in TREES["syriamap.cli.app"].body if isinstance(node, ast.ImportFrom)]
    assert not [node for node in at_top if node.module == "syriamap"]


@pytest.mark.parametrize(
    "package", ["territory", "webmap", "figure", "export", "sources", "report"]
)
def test_no_cycle_inside_a_package(package: str) -> None:
    name = f"syriamap.{package}"
    arrows = {
        module: {other for other in imports(module) if other.startswith(f"{name}.")}
        for module in MODULES
        if module.startswith(f"{name}.")
    }
    done: set[str] = set()
    while len(done) < len(arrows):
        ready = {module for module, others in arrows.items() if others <= done} - done
        assert ready, f"a cycle among {sorted(set(arrows) - done)}"
        done |= ready
    for module in arrows:
        assert name not in imports(module), f"{module} imports its own package"


# --- names and words ----------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
def test_all_is_what_there_is(module: str) -> None:
    loaded = importlib.import_module(module)
    listed = list(loaded.__all__)
    tree = TREES[module]
    assert len(set(listed)) == len(listed)
    for name in listed:
        assert hasattr(loaded, name), f"{module}.{name} does not exist"
    public = {name for name in definitions(tree) | set(constants(tree)) if name[:1] != "_"}
    if module == "syriamap.cli.app":
        # commands are reached through `app`, aliases of options through the commands
        public = {"app", "main"}
    assert public <= set(listed), f"{module}: {sorted(public - set(listed))} not in __all__"


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_is_documented(module: str) -> None:
    tree = TREES[module]
    assert ast.get_docstring(tree), module
    documented = constants(tree)
    for name in importlib.import_module(module).__all__:
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
    for name in loaded.__all__ if module != "syriamap.cli.app" else ("main",):
        function = getattr(loaded, name)
        if not inspect.isfunction(function) or function.__module__ != module:
            continue
        text = inspect.getdoc(function) or ""
        if "\nParameters\n---" in text:
            missing = [one for one in inspect.signature(function).parameters if one not in text]
            assert not missing, f"{module}.{name}: {missing}"


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_longer_than_400_lines(module: str) -> None:
    assert len(SOURCES[module].splitlines()) <= 400


def test_every_public_function_is_typed() -> None:
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                assert node.returns is not None, f"{module}.{node.name}"


def test_only_the_command_line_prints_or_exits() -> None:
    for module, tree in TREES.items():
        if module == "syriamap.cli.app":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                words = ast.unparse(node.func)
                assert words not in {"print", "exit", "quit", "sys.exit"}, f"{module}: {words}"


def test_no_stage_reads_a_clock_or_the_network() -> None:
    clocks = ("date.today", "datetime.now", "datetime.utcnow", "time.time", "Timestamp.now")
    networks = {"socket", "urllib.request", "http.client", "requests", "httpx", "random"}
    asked = {"syriamap.extraction.texts.online"}  # fetches a page when --online asks for it
    for module, tree in TREES.items():
        if module in asked:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                assert not ast.unparse(node.func).endswith(clocks), f"{module} reads a clock"
            if isinstance(node, ast.Import):
                assert not networks & {alias.name for alias in node.names}, module
            if isinstance(node, ast.ImportFrom):
                assert node.module not in networks, module


# --- the package itself -------------------------------------------------------------------------


@pytest.mark.parametrize("name", syriamap.__all__)
def test_lazy_names_load(name: str) -> None:
    assert getattr(syriamap, name) is not None
    assert name in dir(syriamap)


def test_lazy_names_are_those_that_are_listed() -> None:
    assert set(syriamap._HOME) | {"__version__"} == set(syriamap.__all__)
    assert sorted(syriamap.__all__) == list(syriamap.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = syriamap.nothing


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
