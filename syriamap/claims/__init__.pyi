from .reader import (
    CERTAINTIES as CERTAINTIES,
)
from .reader import (
    CLAIM_COLUMNS as CLAIM_COLUMNS,
)
from .reader import (
    RELATIONS as RELATIONS,
)
from .reader import (
    check_claims as check_claims,
)
from .reader import (
    claims_until as claims_until,
)
from .reader import (
    dates_settled as dates_settled,
)
from .reader import (
    read_claims as read_claims,
)
from .reader import (
    theater_claim_files as theater_claim_files,
)
from .reader import (
    write_claims as write_claims,
)
