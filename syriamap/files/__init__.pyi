from .cells import (
    clean_text as clean_text,
    neutral_cell as neutral_cell,
    parse_date as parse_date,
    parse_number as parse_number,
)
from .notices import (
    SyriamapWarning as SyriamapWarning,
    warn as warn,
)
from .plain_rows import (
    plain_rows as plain_rows,
    plain_value as plain_value,
)
from .records import (
    Reading as Reading,
    Sheet as Sheet,
    Table as Table,
    sheet_of as sheet_of,
    table_name as table_name,
)
from .tabular import read_table as read_table
from .writing import (
    atomic_path as atomic_path,
    ending_of as ending_of,
    is_stdout as is_stdout,
    whole_folder as whole_folder,
)
