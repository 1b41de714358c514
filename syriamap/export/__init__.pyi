from .day_rows import (
    series_features as series_features,
)
from .features import (
    geojson_features as geojson_features,
)
from .parcel import (
    ExportOptions as ExportOptions,
)
from .write import (
    export_map as export_map,
    export_series as export_series,
    writer_for as writer_for,
)
