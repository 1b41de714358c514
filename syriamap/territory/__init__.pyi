from .areas import (
    territory_from_control as territory_from_control,
    territory_from_field as territory_from_field,
)
from .frontline import (
    frontline_from_territory as frontline_from_territory,
)
from .inference.effects import (
    Change as Change,
    changed_fields as changed_fields,
)
from .inference.field import (
    DOUBTS as DOUBTS,
    Field as Field,
    HeldOut as HeldOut,
)
from .inference.inference_settings import (
    InferenceSettings as InferenceSettings,
)
from .inference.solve import (
    Inferred as Inferred,
    field_from_control as field_from_control,
    inferred_on as inferred_on,
    influence_on as influence_on,
)
from .inference.surroundings import (
    marked_control as marked_control,
    reviewed_control as reviewed_control,
    surroundings_of as surroundings_of,
)
from .mesh.tessellation import (
    Ground as Ground,
    Tessellation as Tessellation,
    ground_of as ground_of,
    tessellation_of as tessellation_of,
)
from .states import (
    states_from_field as states_from_field,
)
