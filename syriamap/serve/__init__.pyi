from .desk import Desk as Desk
from .listening import (
    check_serve as check_serve,
    listen as listen,
)
from .routes import desk_app as desk_app
