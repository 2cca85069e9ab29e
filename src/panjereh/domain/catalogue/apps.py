"""The Django app of the room."""

from functools import cached_property

from django.apps import AppConfig
from django.conf import settings  # noqa: TID251 -- settings are handed to the room here and nowhere else in it

from panjereh.domain.catalogue.rules.synonyms import Synonyms

SYNONYMS_FILE = "catalogue/synonyms.json"


class CatalogueConfig(AppConfig):
    """Services, the versions of their packs, and the search over them."""

    name = "panjereh.domain.catalogue"
    label = "catalogue"

    @cached_property
    def synonyms(self) -> Synonyms:
        """Words that mean the same, read once."""
        return Synonyms.read((settings.PANJEREH.data_directory / SYNONYMS_FILE).read_bytes())
