"""The door of the catalogue: what services there are, what each one says, and what it decides.

Operation: `install_packs`, run by the command of that name. Reads: `service`, `published_services`, `search`,
`current_pack`, `pack`, `pack_files`. Pure: `decide`, `request_of`, `document_data`, `is_shown`.
"""

from panjereh.domain.catalogue.operations.install_packs import (
    Installed,
    PackVersionChanged,
    PackVersionTooOld,
    install_packs,
)
from panjereh.domain.catalogue.queries import (
    ServiceCard,
    ServiceUnknown,
    current_pack,
    pack,
    pack_files,
    published_services,
    search,
    service,
)
from panjereh.domain.catalogue.rules.deciding import (
    Decision,
    Finding,
    Outcome,
    UndecidableError,
    decide,
    document_data,
    is_shown,
    request_of,
)
from panjereh.domain.catalogue.rules.expressions import Facts, Value
from panjereh.domain.catalogue.rules.linter import PackRefusedError
from panjereh.domain.catalogue.rules.pack import (
    Action,
    Certainty,
    Clock,
    Condition,
    Evidence,
    Fee,
    Field,
    FieldKind,
    Law,
    Option,
    Output,
    Pack,
    Page,
    Remedy,
    State,
    StateKind,
    Texts,
)
from panjereh.domain.catalogue.rules.source import Fault

__all__ = [
    "Action",
    "Certainty",
    "Clock",
    "Condition",
    "Decision",
    "Evidence",
    "Facts",
    "Fault",
    "Fee",
    "Field",
    "FieldKind",
    "Finding",
    "Installed",
    "Law",
    "Option",
    "Outcome",
    "Output",
    "Pack",
    "PackRefusedError",
    "PackVersionChanged",
    "PackVersionTooOld",
    "Page",
    "Remedy",
    "ServiceCard",
    "ServiceUnknown",
    "State",
    "StateKind",
    "Texts",
    "UndecidableError",
    "Value",
    "current_pack",
    "decide",
    "document_data",
    "install_packs",
    "is_shown",
    "pack",
    "pack_files",
    "published_services",
    "request_of",
    "search",
    "service",
]
