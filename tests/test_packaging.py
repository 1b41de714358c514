"""The data travels with the code: in a wheel, and in an editable install."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from paths import ROOT, SYRIA

SITE = sysconfig.get_path("purelib")

pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "pyproject.toml").is_file(), reason="needs a checkout to build from"
    ),
    pytest.mark.skipif(
        importlib.util.find_spec("hatchling") is None, reason="needs hatchling to build with"
    ),
]


def built(target: str, folder: Path) -> zipfile.ZipFile:
    """Build a wheel without the network, from the checkout as it stands."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def default_folder_in(site: Path) -> tuple[Path, Path]:
    """Where a Python that knows only `site` finds the package, and its theater."""
    code = (
        "import sys, site\n"
        f"site.addsitedir({str(site)!r})\n"  # as an install does: it reads .pth files too
        f"sys.path.append({SITE!r})\n"
        "import syriamap, syriamap.theater.folder as theater\n"
        "print(syriamap.__file__)\n"
        "print(theater.default_folder())\n"
        "assert theater.read_theater().id\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=site, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    package, folder = done.stdout.splitlines()
    return Path(package), Path(folder)


def test_the_theater_is_inside_the_wheel(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    prefix = "syriamap/_gazetteer/syria/"
    for file in ("theater.toml", "places.csv", "actors.csv", "boundary.geojson"):
        assert prefix + file in names
    own = {
        file.relative_to(SYRIA).as_posix()
        for file in (SYRIA).rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }
    assert own == {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def test_the_wheel_holds_the_page_the_licences_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "syriamap/py.typed" in names
    assert "syriamap/_gazetteer/LICENSE.md" in names
    assert any(name.endswith("vendor/leaflet/leaflet.js") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any("licenses" in name and "leaflet" in name for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"syriamap"}
    assert not [name for name in names if name.endswith((".pyc", ".orig", "~"))]


def test_an_unpacked_wheel_finds_its_theater(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    package, folder = default_folder_in(tmp_path)
    assert package.is_relative_to(tmp_path)
    assert folder == tmp_path / "syriamap" / "_gazetteer" / "syria"


@pytest.mark.skipif(
    importlib.util.find_spec("editables") is None, reason="needs editables, as hatchling does"
)
def test_an_editable_install_finds_the_checkout(tmp_path: Path) -> None:
    site = tmp_path / "site"
    built("wheel:editable", tmp_path / "wheels").extractall(site)
    package, folder = default_folder_in(site)
    assert package.is_relative_to(ROOT)
    assert folder == SYRIA
