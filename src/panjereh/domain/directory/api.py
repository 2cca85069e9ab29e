"""The door of the directory: agencies and units, divisions, working calendars and the law, all by code.

Operations: `import_directory` and `decree_closing`, run by commands. Everything else reads.
"""

from panjereh.domain.directory.calendar_queries import (
    ChangedDay,
    calendar_version,
    changed_days,
    working_calendar,
)
from panjereh.domain.directory.events import CalendarChanged
from panjereh.domain.directory.law_queries import (
    Article,
    InstrumentUnknown,
    LegalInstrument,
    Relation,
    legal_articles,
    legal_instrument,
    legal_instruments,
    legal_relations,
)
from panjereh.domain.directory.operations.calendars import CalendarMissing
from panjereh.domain.directory.operations.decree_closing import (
    ClosingOutsideCalendar,
    NewClosing,
    decree_closing,
)
from panjereh.domain.directory.operations.import_directory import compare_directory, import_directory
from panjereh.domain.directory.provenance import DaysOff, ImportedFile, KindOfData, Provenance, provenance
from panjereh.domain.directory.queries import (
    Agency,
    AgencyUnknown,
    Division,
    Province,
    ProvinceUnknown,
    Succession,
    Unit,
    agencies,
    agency,
    divisions,
    divisions_below,
    province,
    successions_of,
    units_of,
)
from panjereh.domain.directory.rules.comparing import Changes, FieldChange
from panjereh.domain.directory.rules.tables import DataFault, ReferenceDataFaultyError

__all__ = [
    "Agency",
    "AgencyUnknown",
    "Article",
    "CalendarChanged",
    "CalendarMissing",
    "ChangedDay",
    "Changes",
    "ClosingOutsideCalendar",
    "DataFault",
    "DaysOff",
    "Division",
    "FieldChange",
    "ImportedFile",
    "InstrumentUnknown",
    "KindOfData",
    "LegalInstrument",
    "NewClosing",
    "Provenance",
    "Province",
    "ProvinceUnknown",
    "ReferenceDataFaultyError",
    "Relation",
    "Succession",
    "Unit",
    "agencies",
    "agency",
    "calendar_version",
    "changed_days",
    "compare_directory",
    "decree_closing",
    "divisions",
    "divisions_below",
    "import_directory",
    "legal_articles",
    "legal_instrument",
    "legal_instruments",
    "legal_relations",
    "provenance",
    "province",
    "successions_of",
    "units_of",
    "working_calendar",
]
