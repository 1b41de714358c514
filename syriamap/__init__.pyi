__version__: str

from .claims import (
    read_claims as read_claims,
    write_claims as write_claims,
)
from .control import (
    control_from_claims as control_from_claims,
    events_from_claims as events_from_claims,
)
from .errors import (
    ClaimsError as ClaimsError,
    SyriamapError as SyriamapError,
    TheaterError as TheaterError,
)
from .names import (
    Gazetteer as Gazetteer,
    SyriaGazetteer as SyriaGazetteer,
)
from .pipeline import (
    Build as Build,
    Series as Series,
    build as build,
    series as series,
)
from .report import (
    write_report as write_report,
)
from .territory import (
    frontline_from_territory as frontline_from_territory,
    reviewed_control as reviewed_control,
    territory_from_control as territory_from_control,
)
from .theater import (
    Theater as Theater,
    read_theater as read_theater,
)
from .webmap import (
    ControlMap as ControlMap,
    control_map as control_map,
    embed_snippet as embed_snippet,
    series_map as series_map,
)
