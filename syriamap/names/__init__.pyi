from .gazetteer import (
    SAME_PLACE_KM as SAME_PLACE_KM,
    Gazetteer as Gazetteer,
    kilometers as kilometers,
)
from .geocoder import (
    SyriaGazetteer as SyriaGazetteer,
    ask_online as ask_online,
    nominatim as nominatim,
)
from .relative import (
    locate as locate,
    resolution_of as resolution_of,
)
from .resolution import (
    Candidate as Candidate,
    Resolution as Resolution,
)
from .toponyms import (
    fold as fold,
    is_arabic as is_arabic,
    skeletons as skeletons,
    sounds as sounds,
)
