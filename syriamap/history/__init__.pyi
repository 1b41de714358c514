from .atoms import (
    Atoms as Atoms,
    AtomState as AtomState,
    atoms_from_territories as atoms_from_territories,
)
from .changes import (
    Changes as Changes,
    changes_from_days as changes_from_days,
)
from .day_steps import (
    STEPS as STEPS,
    days_between as days_between,
)
from .days import (
    MapOfDay as MapOfDay,
    histories as histories,
    intervals as intervals,
)
from .dispute import (
    in_dispute as in_dispute,
    split_atoms as split_atoms,
)
from .shares import (
    HISTORY_COLUMNS as HISTORY_COLUMNS,
    Shares as Shares,
    history_csv as history_csv,
    share_rows as share_rows,
    shares_from_rows as shares_from_rows,
)
from .typed_frames import (
    TYPED_FRAMES as TYPED_FRAMES,
    typed_frame as typed_frame,
)
