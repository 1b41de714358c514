"""
A table of a PostgreSQL database, read and never written.

In comes an address, ``postgresql://HOST/DATABASE/TABLE``, out go records of text as those of any
other table. Who may read is libpq's affair: its environment (``PGUSER``, ``PGPASSWORD``,
``PGSERVICE``…), ``~/.pgpass`` and ``~/.pg_service.conf``; an address with a password in it is
refused, for it would stand in the shell's history and in every list of processes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from syriamap.errors import TableError
from syriamap.files.cells import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

__all__ = ["Address", "database_records", "is_database", "shown_address"]

_SCHEME = re.compile(r"^postgres(?:ql)?(?:\+\w+)?:/", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=:)[^:@/]*(?=@)|(?<=password=)[^&]*", re.IGNORECASE)
_WAIT_SECONDS = 20
_ROWS_AT_ONCE = 10_000
_SHAPES = frozenset({"geometry", "geography"})


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


def database_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """
    Records of a table, the header first, in the order of its key.

    The point of a column of PostGIS becomes `lat` and `lon` in degrees where there are no such
    columns. Rows are numbered in the order of ``claim_id``, where there is such a column, else as
    the database gives them. The transaction is read-only and sees one state of the table.

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
            yield from _records(connection.execution_options(postgresql_readonly=True), address)
    except (sa.exc.SQLAlchemyError, UnicodeError) as error:
        raise TableError(f"cannot be read: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """Give what the server or the driver says, without SQL and without a password."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return shown_address(clean_text(said.splitlines()[0]))[:300]


def _records(connection: Connection, address: Address) -> Iterator[tuple[int, list[str]]]:
    import sqlalchemy as sa

    from syriamap.files.containers import cell_text

    columns = _columns(connection, address)
    points = [name for name, kind in columns.items() if kind in _SHAPES]
    plain = [name for name in columns if name not in points]
    there = {name.casefold() for name in plain}
    selected: list[Any] = [sa.column(name) for name in plain]
    if points and not {"lat", "lon"} & there:
        plain += ["lat", "lon"]
        point = _shape(sa.column(points[0]), columns[points[0]])
        selected += [sa.func.ST_Y(point), sa.func.ST_X(point)]
    if not plain:
        raise TableError("has no columns")
    source = sa.table(address.table, schema=address.schema or None)
    query = sa.select(*selected).select_from(source)
    if "claim_id" in there:
        query = query.order_by(sa.column("claim_id").collate("C"))
    yield 1, plain
    rows = connection.execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE)
    for number, row in enumerate(rows.execute(query), start=2):
        yield number, [cell_text(value) for value in row]


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
