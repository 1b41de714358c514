from .folder import (
    PLACE_COLUMNS as PLACE_COLUMNS,
)
from .folder import (
    Theater as Theater,
)
from .folder import (
    read_theater as read_theater,
)
from .shipped import (
    default_folder as default_folder,
)
