"""The door of the directory: agencies, provinces, working calendars and legal instruments, all by code.

Operation: `import_directory`, run by the command of that name. Everything else reads.
"""

from panjereh.domain.directory.operations.import_directory import Changes, import_directory
from panjereh.domain.directory.queries import (
    Agency,
    AgencyUnknown,
    CalendarMissing,
    LegalInstrument,
    Province,
    ProvinceUnknown,
    agencies,
    agency,
    legal_instruments,
    province,
    working_calendar,
)
from panjereh.domain.directory.rules.reference_data import ReferenceDataFaultyError

__all__ = [
    "Agency",
    "AgencyUnknown",
    "CalendarMissing",
    "Changes",
    "LegalInstrument",
    "Province",
    "ProvinceUnknown",
    "ReferenceDataFaultyError",
    "agencies",
    "agency",
    "import_directory",
    "legal_instruments",
    "province",
    "working_calendar",
]
