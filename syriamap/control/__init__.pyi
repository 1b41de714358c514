from .claimed import (
    CONTROL_COLUMNS as CONTROL_COLUMNS,
)
from .claimed import (
    STATUSES as STATUSES,
)
from .claimed import (
    control_csv as control_csv,
)
from .claimed import (
    control_from_claims as control_from_claims,
)
from .claimed import (
    events_from_claims as events_from_claims,
)
from .claimed import (
    write_control as write_control,
)
