from .embed import (
    embed_snippet as embed_snippet,
)
from .page import (
    ControlMap as ControlMap,
    control_map as control_map,
    series_map as series_map,
)
from .page_parts import (
    Document as Document,
    PageOptions as PageOptions,
    day_document as day_document,
    series_document as series_document,
)
from .shell import (
    save_page as save_page,
)
