"""
Where the network begins: a socket on this machine's own address, and the server behind it.

In comes a desk, out go answers until the user stops it. No other address is listened on: there are
no accounts, so whoever reaches the server may write.
"""

from __future__ import annotations

import importlib.util
import secrets
import socket
from typing import TYPE_CHECKING

from syriamap.errors import ServeError

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn

    from syriamap.serve.claims_desk import Desk

__all__ = ["check_serve", "listen", "server_on"]

_HERE = "127.0.0.1"


def check_serve() -> None:
    """
    See before the work whether there is anything to serve with.

    Raises
    ------
    ServeError
        If the extra `serve` is not installed.
    """
    missing = [one for one in ("starlette", "uvicorn") if importlib.util.find_spec(one) is None]
    if missing:
        raise ServeError(f"serve needs {' and '.join(missing)}: pip install '.[serve]'")


def listen(desk: Desk, port: int, *, ready: Callable[[str], object]) -> None:
    """
    Serve a desk until it is interrupted.

    Parameters
    ----------
    desk
        What is served.
    port
        The port; 0 for any that is free.
    ready
        Is told the address once the port is ours.

    Raises
    ------
    ServeError
        If the port is taken.
    """
    check_serve()
    try:
        own = socket.create_server((_HERE, port))
    except (OSError, OverflowError) as error:
        raise ServeError(
            f"port {port} cannot be listened on: {error}; --port with another number would do"
        ) from error
    with own:
        ready(f"http://{_HERE}:{own.getsockname()[1]}/")
        server_on(own, desk).run(sockets=[own])


def server_on(own: socket.socket, desk: Desk) -> uvicorn.Server:
    """
    Make the server of a desk; every one has a token of its own.

    Parameters
    ----------
    own
        A socket that listens on this machine.
    desk
        What is served.
    """
    import uvicorn

    from syriamap.serve.answers import desk_app

    app = desk_app(desk, port=own.getsockname()[1], token=secrets.token_urlsafe(32))
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, proxy_headers=False,
        ws="none", lifespan="off", h11_max_incomplete_event_size=32_768,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    return uvicorn.Server(config)
