from .cells import (
    clean_text as clean_text,
    neutral_cell as neutral_cell,
    parse_date as parse_date,
    parse_number as parse_number,
    written_cell as written_cell,
)
from .documents import (
    features_of as features_of,
    geojson_of as geojson_of,
    json_of as json_of,
    listed_rows as listed_rows,
    read_toml as read_toml,
    shape_of as shape_of,
    texts_of as texts_of,
    toml_of as toml_of,
)
from .gate import (
    Gate as Gate,
    id_problem as id_problem,
    length_problem as length_problem,
    let_through as let_through,
    one_line as one_line,
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
