from .build import (
    Build as Build,
)
from .build import (
    ControlBuild as ControlBuild,
)
from .build import (
    Series as Series,
)
from .build import (
    build as build,
)
from .build import (
    build_control as build_control,
)
from .build import (
    build_each as build_each,
)
from .build import (
    series as series,
)
from .question import (
    Inputs as Inputs,
)
from .question import (
    Question as Question,
)
from .question import (
    day_of as day_of,
)
