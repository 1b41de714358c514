from .atoms import (
    Atoms as Atoms,
    AtomState as AtomState,
    atoms_from_territories as atoms_from_territories,
)
from .changes import (
    Changes as Changes,
    changes_from_days as changes_from_days,
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
