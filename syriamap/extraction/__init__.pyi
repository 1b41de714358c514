from .drafts import (
    DRAFT_FIELDS as DRAFT_FIELDS,
    Abstention as Abstention,
    Draft as Draft,
)
from .reading.extractor import (
    Extractor as Extractor,
)
from .texts.tokens import (
    Document as Document,
    document_from_text as document_from_text,
)
