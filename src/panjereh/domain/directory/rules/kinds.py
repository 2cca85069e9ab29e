"""The words the columns of the reference data may hold."""

from typing import Final

AGENCY_KINDS: Final = (
    "presidency",
    "ministry",
    "president_org",
    "affiliated",
    "company",
    "public",
    "judiciary",
    "legislative",
    "municipality",
)
UNIT_KINDS: Final = ("headquarters", "provincial", "county", "office")
SUCCESSION_KINDS: Final = ("merger", "split", "rename")
INSTRUMENT_KINDS: Final = ("act", "by-law", "resolution", "circular")
# Superseded by a newer one, repealed by one that puts nothing in its place, or ended by its own last day.
END_KINDS: Final = ("superseded", "repealed", "expired")
RELATION_KINDS: Final = ("amends", "supersedes", "repeals", "rests-on")
# In the order of an instrument's making; the day it comes into force follows.
LIFE_DATES: Final = ("approved_on", "confirmed_on", "issued_on", "published_on")
CERTAINTIES: Final = ("A", "B", "C", "D")
CLOSING_KINDS: Final = ("holiday", "local", "emergency")
