from .gazetteer import (
    SAME_PLACE_KM as SAME_PLACE_KM,
)
from .gazetteer import (
    Gazetteer as Gazetteer,
)
from .gazetteer import (
    distance_km as distance_km,
)
from .geocoder import (
    SyriaGazetteer as SyriaGazetteer,
)
from .geocoder import (
    ask_online as ask_online,
)
from .geocoder import (
    nominatim as nominatim,
)
from .relative import (
    locate as locate,
)
from .relative import (
    resolution_of as resolution_of,
)
from .resolution import (
    Candidate as Candidate,
)
from .resolution import (
    Resolution as Resolution,
)
from .toponyms import (
    fold as fold,
)
from .toponyms import (
    is_arabic as is_arabic,
)
from .toponyms import (
    skeletons as skeletons,
)
from .toponyms import (
    sounds as sounds,
)
