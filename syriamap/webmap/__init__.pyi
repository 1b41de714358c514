from .embed import (
    embed_snippet as embed_snippet,
)
from .page import (
    ControlMap as ControlMap,
    PageOptions as PageOptions,
    control_map as control_map,
    series_map as series_map,
)
