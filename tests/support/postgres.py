"""A PostgreSQL server of one's own, on loopback, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

__all__ = ["Server", "postgres_programs", "running_server"]

OWNER, READER, PASSWORD = "syriamap_owner", "syriamap_reader", "not-a-secret-of-anybody"


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, and where its socket is."""

    port: int
    folder: Path

    def sql(self, *statements: str) -> None:
        """Run statements as the owner, over the socket."""
        import sqlalchemy as sa

        with self.engine().begin() as connection:
            for one in statements:
                connection.execute(sa.text(one))

    def engine(self) -> Engine:
        """Give an engine of the owner, who may write."""
        import sqlalchemy as sa

        told = {"host": str(self.folder), "port": self.port, "user": OWNER, "dbname": "postgres"}
        return sa.create_engine(
            "postgresql+psycopg://", connect_args=told, poolclass=sa.pool.NullPool
        )

    def address(self, table: str) -> str:
        """Address of a table for the reader, whose password libpq finds itself."""
        return f"postgresql://{READER}@127.0.0.1:{self.port}/postgres/{table}"


def postgres_programs() -> Path | None:
    """Folder of initdb and pg_ctl of the newest PostgreSQL here; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).parent if known else None


def _version(path: Path) -> float:
    try:
        return float(path.parent.parent.name)
    except ValueError:
        return 0.0


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Start a server with a reader who needs a password, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="syriamap-pg-"))
    # initdb refuses root; the package's own user is there where root is
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    data = folder / "data"

    def run(name: str, *words: str) -> None:
        subprocess.run(
            [*as_user, str(programs / name), "-D", str(data), *words],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    try:
        run("initdb", "-U", OWNER, "--auth-local=trust", "--auth-host=scram-sha-256", "-E", "UTF8",
            "--no-sync")  # fmt: skip
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        server = Server(port, folder)
        server.sql(f"create role {READER} login password '{PASSWORD}'")
        try:
            yield server
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
