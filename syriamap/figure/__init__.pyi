from .caption import (
    caption_of as caption_of,
    headline_of as headline_of,
)
from .draw import (
    FORMATS as FORMATS,
    draw_figure as draw_figure,
    save_figure as save_figure,
)
from .job import (
    SIZES as SIZES,
    FigureOptions as FigureOptions,
)
