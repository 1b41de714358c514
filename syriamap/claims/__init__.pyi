from .question import Question as Question
from .reader import (
    CERTAINTIES as CERTAINTIES,
    CLAIM_COLUMNS as CLAIM_COLUMNS,
    RELATIONS as RELATIONS,
    check_claims as check_claims,
    claims_known_by as claims_known_by,
    claims_until as claims_until,
    dates_settled as dates_settled,
    read_claims as read_claims,
    write_claims as write_claims,
)
