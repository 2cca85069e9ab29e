"""The rows of `directory` in the table of doors."""

from panjereh.domain.directory import api as directory
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT
from tests.platform.people.desk import fresh_id

ACTING = (
    # of the platform alone: no person decides, not even about their own case
    Operation(
        "directory.decree_closing",
        lambda _, who: directory.decree_closing(
            fresh_id(),
            directory.NewClosing(AT.date(), {"fa": "x", "en": "x"}, "x"),
            actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
)  # fmt: skip
PUBLIC = {
    "directory.agencies", "directory.agency", "directory.calendar_version", "directory.compare_directory",
    "directory.divisions", "directory.divisions_below", "directory.legal_articles",
    "directory.legal_instrument", "directory.legal_instruments", "directory.legal_relations",
    "directory.provenance", "directory.province", "directory.successions_of", "directory.units_of",
    "directory.working_calendar",
}  # fmt: skip
PURE = {"directory.changed_days"}
WORK = {"directory.import_directory"}
