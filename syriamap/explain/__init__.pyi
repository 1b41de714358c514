from .explanation import (
    Explanation as Explanation,
    claim_effects as claim_effects,
    explain_place as explain_place,
    explanation_json as explanation_json,
    explanation_text as explanation_text,
    with_effects as with_effects,
)
