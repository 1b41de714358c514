from .areas import (
    territory_from_control as territory_from_control,
)
from .areas import (
    territory_from_field as territory_from_field,
)
from .frontline import (
    frontline_from_territory as frontline_from_territory,
)
from .inference.effects import (
    Change as Change,
)
from .inference.effects import (
    changed_fields as changed_fields,
)
from .inference.field import (
    DOUBTS as DOUBTS,
)
from .inference.field import (
    Field as Field,
)
from .inference.field import (
    HeldOut as HeldOut,
)
from .inference.network import (
    InferenceSettings as InferenceSettings,
)
from .inference.solve import (
    Inferred as Inferred,
)
from .inference.solve import (
    field_from_control as field_from_control,
)
from .inference.solve import (
    field_on as field_on,
)
from .inference.solve import (
    inferred_on as inferred_on,
)
from .inference.solve import (
    influence_on as influence_on,
)
from .mesh.tessellation import (
    Tessellation as Tessellation,
)
from .mesh.tessellation import (
    tessellation_of as tessellation_of,
)
from .states import (
    states_from_field as states_from_field,
)
