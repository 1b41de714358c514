from .fetching import (
    Answer as Answer,
    fetch as fetch,
)
from .targets import (
    Target as Target,
    is_address as is_address,
    shown as shown,
    target_of as target_of,
)
