from .hidden import (
    control_of as control_of,
)
from .hidden import (
    evaluate_hidden as evaluate_hidden,
)
from .hidden import (
    evaluate_map as evaluate_map,
)
from .publishers import (
    evaluate_publishers as evaluate_publishers,
)
from .publishers import (
    publisher_scores as publisher_scores,
)
from .scoring import (
    score_report as score_report,
)
from .scores import (
    score_table as score_table,
)
from .truth import (
    DRAWS as DRAWS,
)
from .truth import (
    known_from_control as known_from_control,
)
from .truth import (
    read_truth as read_truth,
)
