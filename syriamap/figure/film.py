"""
The figures of many days as a film: GIF, WebP or MP4.

Comes in: the maps of the days. Goes out: one file, whole or not at all. Heading, legend and map
stand still from frame to frame: room is kept for the longest heading, and the legend explains what
is on any of the days. GIF and WebP have the same bytes for the same maps.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syriamap.errors import FigureError
from syriamap.figure.draw import draw_figure, still_of
from syriamap.figure.job import SIZES, FigureOptions
from syriamap.files import atomic_path
from syriamap.look.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from PIL.Image import Image

    from syriamap.history.days import MapOfDay

__all__ = ["FILMS", "check_film", "save_film"]

FILMS = ("gif", "mp4", "webp")
"""Endings that a film can have."""

_WIDEST = 1280
"""Pixels: a film is looked at on a screen, and a frame costs what it measures."""
_SHORTEST, _LONGEST = 0.1, 60.0
_LAST = 3
"""How many times as long the last frame stands."""
_TICKS = 10
"""Frames a second of an MP4, which not every player shows at less: a map stands for several."""
_SAMPLES = 8
"""Frames that the colors of a GIF are chosen from."""
_OFTEN = 192
"""Colors of a GIF, of its 256, that stand exactly as they are on most ground."""


def check_film(path: str | Path, options: FigureOptions, *, seconds: float) -> None:
    """
    Refuse before the work what could not be written after it.

    Parameters
    ----------
    path
        Where the film will go.
    options
        How its frames will be drawn.
    seconds
        How long each stands.

    Raises
    ------
    FigureError
        If there is no such format, size, language or time, or the encoder is missing.
    """
    kind = Path(path).suffix.casefold().removeprefix(".")
    if kind not in FILMS:
        raise FigureError(f"{path}: no film of that kind; there are: .{', .'.join(FILMS)}")
    if options.size not in SIZES:
        raise FigureError(f"no size {options.size!r}; there are: {', '.join(SIZES)}")
    if not _SHORTEST <= seconds <= _LONGEST:
        raise FigureError(f"{seconds:g} seconds a frame: {_SHORTEST:g} to {_LONGEST:g} would do")
    Words(options.language)  # says which languages there are
    if kind == "mp4":
        _encoder()


def save_film(
    maps: Sequence[MapOfDay],
    path: str | Path,
    *,
    options: FigureOptions | None = None,
    seconds: float = 0.7,
    progress: Callable[[Sequence[MapOfDay]], Iterable[MapOfDay]] = iter,
) -> Path:
    """
    Write the maps one after the other, whole or not at all.

    Parameters
    ----------
    maps
        The maps, in the order in which they are shown.
    path
        Ends in one of :data:`FILMS`.
    options
        How each is drawn; the size of a slide when not given.
    seconds
        How long each stands; the last one stands three times as long.
    progress
        Gives back the maps it is given, one by one, and may tell how far the work is.
    """
    chosen = options or FigureOptions(size="slide")
    target = Path(path)
    check_film(target, chosen, seconds=seconds)
    if not maps:
        raise FigureError("no map to draw")
    frames = list(_frames(maps, chosen, progress))
    write = {"gif": _write_gif, "mp4": _write_mp4, "webp": _write_webp}
    title = str(maps[-1].metadata()["title"])
    with atomic_path(target) as temporary:
        write[target.suffix.casefold().removeprefix(".")](temporary, frames, seconds, title)
    return target


def _frames(
    maps: Sequence[MapOfDay],
    options: FigureOptions,
    progress: Callable[[Sequence[MapOfDay]], Iterable[MapOfDay]],
) -> Iterator[bytes]:
    """Give each map as a PNG, which takes a tenth of the room of its pixels."""
    width, _, _, resolution = SIZES[options.size]
    dots = min(resolution, 72 * _WIDEST / width)
    still = still_of(maps, options)
    for one in progress(maps):
        sheet = draw_figure(one, options=options, still=still)
        stream = io.BytesIO()
        sheet.figure.savefig(stream, format="png", dpi=dots, metadata={"Software": None})
        yield stream.getvalue()


def _opened(frame: bytes) -> Image:
    from PIL import Image

    with Image.open(io.BytesIO(frame)) as image:
        return image.convert("RGB")


def _times(count: int, seconds: float) -> list[int]:
    """Milliseconds that each frame stands."""
    each = round(1000 * seconds)
    return [*[each] * (count - 1), _LAST * each]


def _write_gif(path: Path, frames: Sequence[bytes], seconds: float, title: str) -> None:
    """Write the same colors in all frames, so that what does not change does not flicker."""
    from PIL import Image

    step = max(1, len(frames) // _SAMPLES)
    palette = _palette([_opened(one) for one in (*frames[::step][: _SAMPLES - 1], frames[-1])])
    first, *others = (
        _opened(one).quantize(palette=palette, dither=Image.Dither.NONE) for one in frames
    )
    first.save(
        path,
        format="GIF",
        save_all=True,
        append_images=others,
        duration=_times(len(frames), seconds) if others else round(1000 * seconds),
        loop=0,
        disposal=1,
        optimize=False,
        comment=title.encode("utf-8")[:255],
    )


def _palette(samples: Sequence[Image]) -> Image:
    """Give the colors that most ground has as they are, and some of the shades between."""
    from PIL import Image

    wide, high = samples[0].size
    board = Image.new("RGB", (wide, high * len(samples)))
    for row, sample in enumerate(samples):
        board.paste(sample, (0, row * high))
    counted: Any = board.getcolors(board.width * board.height)
    often = [color for _, color in sorted(counted, key=lambda one: (-one[0], one[1]))[:_OFTEN]]
    shades = board.quantize(256 - _OFTEN, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for color in often for part in color), *(shades.getpalette() or [])])
    return palette


def _write_webp(path: Path, frames: Sequence[bytes], seconds: float, _: str) -> None:
    first, *others = map(_opened, frames)
    first.save(
        path,
        format="WEBP",
        save_all=True,
        append_images=others,
        duration=_times(len(frames), seconds) if others else round(1000 * seconds),
        loop=0,
        lossless=True,
        quality=60,
        method=2,
    )


def _encoder() -> Any:
    """Give the encoder of MP4, or say what would bring it."""
    try:
        import imageio_ffmpeg
    except ImportError as error:
        hint = "pip install 'syriamap[film]', or write .gif or .webp"
        raise FigureError(f"MP4 needs imageio-ffmpeg: {hint}") from error
    try:
        imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise FigureError(f"MP4 needs ffmpeg, or write .gif or .webp: {error}") from error
    return imageio_ffmpeg


def _write_mp4(path: Path, frames: Sequence[bytes], seconds: float, title: str) -> None:
    size = _opened(frames[0]).size
    even = (size[0] // 2 * 2, size[1] // 2 * 2)  # as the encoder wants it
    writer = _encoder().write_frames(
        str(path),
        even,
        fps=_TICKS,
        codec="libx264",
        pix_fmt_out="yuv420p",
        macro_block_size=2,
        quality=None,
        output_params=[
            *("-crf", "18", "-preset", "medium", "-tune", "stillimage", "-threads", "1"),
            *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"),
            *("-metadata", f"title={title}"),
        ],
    )  # fmt: skip
    writer.send(None)
    try:
        for frame, time in zip(frames, _times(len(frames), seconds), strict=True):
            pixels = _opened(frame).crop((0, 0, *even)).tobytes()
            for _ in range(max(1, round(time * _TICKS / 1000))):
                writer.send(pixels)
    except OSError as error:
        raise FigureError(f"{path}: the encoder stopped: {error}") from error
    finally:
        writer.close()
