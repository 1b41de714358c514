from .importing import (
    FORMATS as FORMATS,
    Imported as Imported,
    import_claims as import_claims,
)
from .passing import (
    Context as Context,
    Unmapped as Unmapped,
)
