"""
A table of a PostgreSQL database, read and never written.

In comes an address, ``postgresql://HOST/DATABASE/TABLE``, out comes a copy of the table, with
records of text as those of any other one. Who may read is libpq's affair: its environment
(``PGUSER``, ``PGPASSWORD``, ``PGSERVICE``…), ``~/.pgpass`` and ``~/.pg_service.conf``; an address
with a password in it is refused, for it would stand in the shell's history and in every list of
processes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tempfile
import weakref
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from syriamap.errors import TableError
from syriamap.files.cells import clean_text
from syriamap.files.containers import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

__all__ = ["Address", "TakenTable", "is_database", "shown_address", "take_table"]

_SCHEME = re.compile(r"^postgres(?:ql)?(?:\+\w+)?:/", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=:)[^:@/]*(?=@)|(?<=password=)[^&]*", re.IGNORECASE)
_WAIT_SECONDS = 20
_SHAPES = frozenset({"geometry", "geography"})
_AT_ONCE = 1 << 22
"""Bytes of a copy that are read at a time."""


def is_database(text: str) -> bool:
    """
    Tell the address of a database from a path.

    >>> is_database("postgresql://host/war/claims"), is_database("claims.csv")
    (True, False)
    """
    return bool(_SCHEME.match(text))


def shown_address(text: str) -> str:
    """
    Give an address as messages may have it, whatever was written into it.

    >>> shown_address("postgresql://me:secret@host/war/claims")
    'postgresql://me:***@host/war/claims'
    """
    return _PASSWORD.sub("***", text)


@dataclass(frozen=True)
class Address:
    """
    Where a table is.

    Attributes
    ----------
    server
        What libpq is told; what is missing it takes from its environment.
    schema
        Empty for the first of the search path that has the table.
    table
        Its name, or that of a view.
    """

    server: dict[str, str]
    schema: str
    table: str

    @classmethod
    def of(cls, text: str) -> Address:
        """
        Take an address apart.

        >>> one = Address.of("postgresql://reader@db.example:5433/war/evidence.claims")
        >>> one.schema, one.table, one.server["port"], one.server["dbname"]
        ('evidence', 'claims', '5433', 'war')

        Raises
        ------
        TableError
            If a part is missing, or there is a password in it.
        """
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as error:
            raise TableError(f"is no address of a table: {error}") from error
        server = dict(parse_qsl(parts.query))
        if parts.password or {"password", "sslpassword"} & server.keys():
            raise TableError(
                "has a password in its address, where others can read it; PGPASSWORD or a line of "
                "~/.pgpass would do"
            )
        path = [unquote(one) for one in parts.path.split("/") if one]
        if not path or len(path) > 2 or parts.fragment:
            raise TableError("names no table; postgresql://HOST/DATABASE/TABLE would do")
        schema, _, table = path[-1].rpartition(".")
        told = {
            "host": unquote(parts.hostname or ""),
            "port": str(port or ""),
            "user": unquote(parts.username or ""),
            "dbname": path[0] if len(path) == 2 else "",
        }
        return cls({**server, **{key: one for key, one in told.items() if one}}, schema, table)


@dataclass(frozen=True)
class TakenTable:
    """
    A table of a database as it stood at one moment.

    Attributes
    ----------
    name
        Its address, as messages may have it.
    digest
        Of its columns and of all that its rows say.
    columns
        Names and types, in order.
    """

    name: str
    digest: str
    columns: tuple[tuple[str, str], ...]
    _body: IO[bytes] = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, self._body.close)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Give its records, the header first; rows are numbered in the order they were taken in."""
        yield 1, [name for name, _ in self.columns]
        for number, columns in self.blocks():
            yield from enumerate(map(list, zip(*columns, strict=True)), start=number)

    def blocks(self) -> Iterator[tuple[int, list[list[str]]]]:
        """Give its rows some thousands at a time: the number of the first, and their columns."""
        width, number = len(self.columns), 2
        self._body.seek(0)
        # a line or cell that ends inside a text is escaped: what is parted here is the table's own
        while lines := self._body.read(_AT_ONCE) + self._body.readline():
            cells = lines.decode().replace("\n", "\t").split("\t")
            columns = [cells[at:-1:width] for at in range(width)]
            for at, (_, kind) in enumerate(self.columns):
                if kind in _TEXTS or b"\\" in lines:
                    columns[at] = _written(columns[at], kind)
            yield number, columns
            number += (len(cells) - 1) // width


def take_table(text: str) -> TakenTable:
    """
    Copy a table, in the order of its key, and tell by a digest what it says.

    The point of a column of PostGIS becomes `lat` and `lon` in degrees where there are no such
    columns. Rows come in the order of ``claim_id``, where there is such a column, else as the
    database gives them. The transaction is read-only and sees one state of the table. What is
    copied lies in a file without a name until it is read.

    Parameters
    ----------
    text
        The address.

    Raises
    ------
    TableError
        If it cannot be read; the message has no password.
    """
    address = Address.of(text)
    try:
        import sqlalchemy as sa
    except ImportError as error:
        raise TableError(
            "is a database, which needs SQLAlchemy: pip install 'syriamap[postgres]'"
        ) from error
    try:
        import psycopg

        engine = sa.create_engine(
            "postgresql+psycopg://",
            connect_args={"connect_timeout": _WAIT_SECONDS, **address.server},
            poolclass=sa.pool.NullPool,
            isolation_level="REPEATABLE READ",
        )
    except ImportError as error:
        raise TableError(
            "is a database, which needs psycopg: pip install 'syriamap[postgres]'"
        ) from error
    try:
        with engine.connect() as connection:
            readable = connection.execution_options(postgresql_readonly=True)
            return _taken(readable, address, shown_address(text))
    except (sa.exc.SQLAlchemyError, psycopg.Error, UnicodeError) as error:
        raise TableError(f"cannot be read: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """Give what the server or the driver says, without SQL and without a password."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return shown_address(clean_text(said.splitlines()[0]))[:300]


def _taken(connection: Connection, address: Address, name: str) -> TakenTable:
    import sqlalchemy as sa

    columns = _columns(connection, address)
    points = [name for name, kind in columns.items() if kind in _SHAPES]
    plain = {name: kind for name, kind in columns.items() if name not in points}
    there = {name.casefold() for name in plain}
    selected: list[Any] = [sa.column(name) for name in plain]
    if points and not {"lat", "lon"} & there:
        plain |= dict.fromkeys(("lat", "lon"), "float8")
        point = _shape(sa.column(points[0]), columns[points[0]])
        selected += [sa.func.ST_Y(point), sa.func.ST_X(point)]
    if not plain:
        raise TableError("has no columns")
    source = sa.table(address.table, schema=address.schema or None)
    query = sa.select(*selected).select_from(source)
    if "claim_id" in there:
        query = query.order_by(sa.column("claim_id").collate("C"))
    connection.execute(sa.text("set local datestyle to 'ISO'"))
    written = query.compile(connection, compile_kwargs={"literal_binds": True})
    # what would stand for a parameter is doubled, and here are none
    command = f"copy ({str(written).replace('%%', '%')}) to stdout (format text, encoding 'UTF8')"
    digest = hashlib.sha256(repr(list(plain.items())).encode())
    driver: Any = connection.connection.driver_connection
    with ExitStack() as open_until_read, driver.cursor() as cursor, cursor.copy(command) as rows:
        body = open_until_read.enter_context(tempfile.TemporaryFile())
        for row in rows:
            body.write(row)
            digest.update(row)
        open_until_read.pop_all()
    return TakenTable(name, digest.hexdigest(), tuple(plain.items()), body)


def _written(texts: list[str], kind: str) -> list[str]:
    """The cells of a column as they were before they were copied; those that differ once."""
    typed, cells = _TEXTS.get(kind), {}
    for text in dict.fromkeys(texts):
        cell = "" if text == _NULL else _ESCAPED.sub(_unescaped, text)
        cells[text] = cell if typed is None else typed(cell)
    return list(map(cells.__getitem__, texts))


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    return _SIGNS.get(sign, sign)


def _number(text: str) -> str:
    return cell_text(float(text)) if text else ""


def _moment(text: str) -> str:
    try:
        return cell_text(dt.datetime.fromisoformat(text))
    except ValueError:
        return text  # none, or one that no calendar here has


_NULL = "\\N"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_TEXTS: dict[str, Callable[[str], str]] = {
    "float4": _number,
    "float8": _number,
    "timestamp": _moment,
    "timestamptz": _moment,
    "bool": lambda text: {"t": "true", "f": "false"}.get(text, text),
}
"""How values of a type are written as cells; all others are written as PostgreSQL does."""


def _shape(column: Any, kind: str) -> Any:
    """A column of shapes in degrees; PostGIS casts geographies by a function of that name."""
    import sqlalchemy as sa

    geometry = sa.func.geometry(column) if kind == "geography" else column
    return sa.func.ST_Transform(geometry, 4326)


def _columns(connection: Connection, address: Address) -> dict[str, str]:
    """Columns of the table with their types as PostgreSQL calls them, in order."""
    import sqlalchemy as sa

    name = ".".join(filter(None, (address.schema, address.table)))
    quoted = connection.dialect.identifier_preparer.quote
    written = ".".join(quoted(one) for one in (address.schema, address.table) if one)
    number = connection.execute(sa.select(sa.func.to_regclass(written))).scalar()
    if number is None:
        raise TableError(f"has no table {name!r} that this user may see")
    asked = sa.text(
        "select a.attname, t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid "
        "where a.attrelid = to_regclass(:name) and a.attnum > 0 and not a.attisdropped "
        "order by a.attnum"
    )
    return {str(one): str(kind) for one, kind in connection.execute(asked, {"name": written})}
