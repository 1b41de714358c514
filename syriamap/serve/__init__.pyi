from .answers import desk_app as desk_app
from .claims_desk import Desk as Desk
from .listening import (
    check_serve as check_serve,
    listen as listen,
)
