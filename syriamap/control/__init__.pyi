from .claimed import (
    CONTROL_COLUMNS as CONTROL_COLUMNS,
    STATUSES as STATUSES,
    control_csv as control_csv,
    control_from_claims as control_from_claims,
    control_of_question as control_of_question,
    time_of_question as time_of_question,
    write_control as write_control,
)
from .events import events_from_claims as events_from_claims
from .stories import sides_with_sources as sides_with_sources
