from .asking import (
    Asked as Asked,
    ask as ask,
    check_days as check_days,
    day_of as day_of,
)
from .build import (
    Build as Build,
    Series as Series,
    build as build,
    build_control as build_control,
    build_each as build_each,
    control_on as control_on,
    history as history,
    series as series,
)
