from .folder import (
    PLACE_COLUMNS as PLACE_COLUMNS,
    Theater as Theater,
    read_theater as read_theater,
)
from .shipped import (
    default_folder as default_folder,
)
