from .dated import (
    dated_scores as dated_scores,
    evaluate_dated as evaluate_dated,
)
from .foresight import (
    Ahead as Ahead,
    control_through_time as control_through_time,
    evaluate_evenings as evaluate_evenings,
    evaluate_flicker as evaluate_flicker,
    evaluate_foretold as evaluate_foretold,
    flicker_share as flicker_share,
)
from .hidden import (
    control_of as control_of,
    evaluate_hidden as evaluate_hidden,
    evaluate_map as evaluate_map,
)
from .publishers import (
    evaluate_publishers as evaluate_publishers,
    publisher_scores as publisher_scores,
)
from .scores import (
    score_table as score_table,
)
from .scoring import (
    foresight_report as foresight_report,
    score_report as score_report,
)
from .truth import (
    DRAWS as DRAWS,
    known_from_control as known_from_control,
    read_truth as read_truth,
)
