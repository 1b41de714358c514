from .atoms import (
    Atoms as Atoms,
)
from .atoms import (
    AtomState as AtomState,
)
from .atoms import (
    atoms_from_territories as atoms_from_territories,
)
from .changes import (
    Changes as Changes,
)
from .changes import (
    changes_from_days as changes_from_days,
)
from .days import (
    MapOfDay as MapOfDay,
)
from .days import (
    histories as histories,
)
from .days import (
    intervals as intervals,
)
from .dispute import (
    in_dispute as in_dispute,
)
from .dispute import (
    sides_with_sources as sides_with_sources,
)
from .dispute import (
    split_atoms as split_atoms,
)
