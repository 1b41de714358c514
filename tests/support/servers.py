"""Servers on loopback: one that answers each path by a function, well or badly."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

Answer = Callable[[socket.socket, str, bytes], None]
"""Given the connection, the head of a request and its body; writes whatever it wants."""


class Loopback:
    """A server that reads one request of each connection and lets a function answer."""

    def __init__(self, answer: Answer) -> None:
        self._answer, self.heads, self.bodies = answer, list[str](), list[bytes]()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(wire)
            threading.Thread(target=self._one, args=(wire,), daemon=True).start()

    def _one(self, wire: socket.socket) -> None:
        with contextlib.suppress(OSError), wire:
            data = b""
            while b"\r\n\r\n" not in data:
                got = wire.recv(65_536)
                if not got:
                    return
                data += got
            head, _, body = data.partition(b"\r\n\r\n")
            told = head.decode("latin-1")
            length = next(
                (
                    int(line.partition(":")[2])
                    for line in told.splitlines()
                    if line.lower().startswith("content-length:")
                ),
                0,
            )
            while len(body) < length:
                body += wire.recv(65_536)
            self.heads.append(told)
            self.bodies.append(body)
            self._answer(wire, told, body)

    def close(self) -> None:
        """Stop listening and hang up on whoever still waits."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for wire in self._open:
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
        self._thread.join()


@contextlib.contextmanager
def loopback(answer: Answer) -> Iterator[Loopback]:
    """Run a server while a block runs."""
    running = Loopback(answer)
    try:
        yield running
    finally:
        running.close()


def plain(body: bytes, kind: str = "text/html", status: str = "200 OK", *headers: str) -> bytes:
    """Give a whole answer."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
