from .build import (
    Build as Build,
    ControlBuild as ControlBuild,
    Series as Series,
    build as build,
    build_control as build_control,
    build_each as build_each,
    series as series,
)
from .question import (
    Inputs as Inputs,
    Question as Question,
    day_of as day_of,
)
