"""The figures of many days as a film: what stands still, what moves, the same bytes twice."""

from __future__ import annotations

import builtins
import gc
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from theaters import Row, claim, write_claims_csv

from syriamap.cli.app import main
from syriamap.errors import FigureError
from syriamap.figure import FILMS, FigureOptions, save_film
from syriamap.figure.draw import draw_figure, still_of
from syriamap.pipeline.build import Series, series
from syriamap.theater.folder import Theater

ROWS: list[Row] = [
    claim("oak", "crown", "controls"),
    claim("elm", "crown", "controls"),
    claim("elm", "rebels", "captured", day="2030-03-02", publisher="Agency"),
    claim("fir", "rebels", "struck", against="crown", day="2030-03-03", claim_id="strike"),
]
SMALL = FigureOptions(size="social")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_claims_csv(tmp_path_factory.mktemp("film") / "claims.csv", ROWS)


@pytest.fixture(scope="module")
def days(theater: Theater, file: Path) -> Series:
    return series("2030-03-03", since="2030-03-01", theater=theater, claims=[file])


def film_read(path: Path) -> tuple[dict[str, Any], int]:
    """What an MP4 says of itself, and how many frames come out of it."""
    import imageio_ffmpeg

    with warnings.catch_warnings():
        # the reader leaves its pipes to the garbage collector, which is called while that is allowed
        warnings.simplefilter("ignore", ResourceWarning)
        reader = imageio_ffmpeg.read_frames(path)
        about = next(reader)
        count = sum(1 for _ in reader)
        reader.close()
        del reader
        gc.collect()
    return about, count


@pytest.mark.parametrize("kind", FILMS)
def test_a_frame_for_each_day_and_the_same_bytes_again(
    days: Series, tmp_path: Path, kind: str
) -> None:
    if kind == "mp4":
        pytest.importorskip("imageio_ffmpeg")
    one, two = (save_film(days.days, tmp_path / f"{n}.{kind}", options=SMALL) for n in (1, 2))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"1.{kind}", f"2.{kind}"]
    if kind == "mp4":
        about, frames = film_read(one)
        assert about["size"] == (1200, 674)
        assert about["duration"] == pytest.approx(0.7 * 5, abs=0.15)
        assert frames == 7 + 7 + 21
        return
    with Image.open(one) as film:
        assert film.n_frames == 3
        frames, times = [], []
        for number in range(3):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
            times.append(film.info["duration"])
    assert times == [700, 700, 2100]
    assert (np.abs(frames[0] - frames[1]).max(axis=2) > 40).sum() > 500, "ground changed hands"
    if kind == "gif":
        comment = film.info["comment"].decode()
        assert comment.startswith("Control in Arcadia, 3 March 2030")


def test_the_map_and_the_legend_stand_still(days: Series) -> None:
    still = still_of(days.days, SMALL)
    kinds = {row[0] for row in still.rows}
    assert "struck" in kinds, "what only the last day shows is explained on the first"

    def texts(number: int) -> dict[str, tuple[float, float]]:
        sheet = draw_figure(days.days[number], options=SMALL, still=still)
        found: dict[str, tuple[float, float]] = {}
        for one in sheet.axes.texts:
            found.setdefault(one.get_text(), one.get_position())
        return found

    first, last = texts(0), texts(2)
    wanted = {row[2] for row in still.rows} & set(first) & set(last)
    assert len(wanted) > 5
    assert all(first[text] == pytest.approx(last[text]) for text in wanted)
    cities = {"Oakham", "Elmton"} & set(first) & set(last)
    assert all(first[name] == pytest.approx(last[name], abs=0.01) for name in cities)


def code_of(args: list[str]) -> int:
    with pytest.raises(SystemExit) as stop:
        main(args)
    return int(stop.value.code or 0)


def test_the_command_writes_a_film_or_one_line(
    arcadia_folder: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["--theater", str(arcadia_folder), "--claims", str(file)]
    path = tmp_path / "film.webp"
    words = ["animate", "2030-03-01", "2030-03-03", "-o", str(path), "--size", "column"]
    assert code_of([*words, "--step", "week", "--lang", "ar", "--seconds", "0.2", *ask]) == 0
    assert "film of 2 maps, column" in capsys.readouterr().err
    with Image.open(path) as film:
        assert film.n_frames == 2
    for changed, code, said in (
        ({"-o": "x.avi"}, 1, "there are: .gif, .mp4, .webp"),
        ({"--size": "huge"}, 1, "no size 'huge'"),
        ({"--seconds": "0"}, 1, "0.1 to 60 would do"),
        ({"--bounds": "1,2"}, 1, "west,south,east,north"),
        ({"--step": "year"}, 2, "no step"),
        ({"2030-03-03": "2030-03-01"}, 2, "is not before"),
    ):
        args = [*words, *ask]
        for key, value in changed.items():
            if key in args and not key.startswith("-"):
                args[args.index(key)] = value
            elif key in args:
                args[args.index(key) + 1] = value
            else:
                args += [key, value]
        assert code_of(args) == code
        assert said in capsys.readouterr().err


def test_an_interrupted_film_leaves_the_old_one(days: Series, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    path.write_bytes(b"old")

    def interrupted(maps: Any) -> Any:
        yield maps[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_film(days.days, path, options=SMALL, progress=interrupted)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["film.gif"]


def test_without_the_encoder_the_error_says_what_would_bring_it(
    days: Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "imageio_ffmpeg":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(FigureError, match=r"pip install 'syriamap\[film\]'.*\.gif"):
        save_film(days.days, tmp_path / "film.mp4", options=SMALL)
    assert list(tmp_path.iterdir()) == []
