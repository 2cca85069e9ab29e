"""The Django app of the room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Services, the versions of their packs, and the search over them."""

    name = "panjereh.domain.catalogue"
    label = "catalogue"
