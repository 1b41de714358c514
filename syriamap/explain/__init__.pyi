from .explanation import (
    Explanation as Explanation,
)
from .explanation import (
    claim_effects as claim_effects,
)
from .explanation import (
    explain_place as explain_place,
)
from .explanation import (
    explanation_json as explanation_json,
)
from .explanation import (
    explanation_text as explanation_text,
)
from .explanation import (
    with_effects as with_effects,
)
