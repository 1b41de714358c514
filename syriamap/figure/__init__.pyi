from .caption import (
    caption_of as caption_of,
    headline_of as headline_of,
)
from .draw import (
    FORMATS as FORMATS,
    check_figure as check_figure,
    draw_figure as draw_figure,
    save_figure as save_figure,
)
from .film import (
    FILMS as FILMS,
    check_film as check_film,
    save_film as save_film,
)
from .history_chart import (
    draw_history as draw_history,
    history_caption as history_caption,
)
from .job import (
    SIZES as SIZES,
    FigureOptions as FigureOptions,
)
