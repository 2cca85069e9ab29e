"""The pages of a person, on the country of two people."""

import pytest
from django.test import Client

from tests.platform.access.conftest import authority, country, renderer
from tests.platform.access.country import Country, client_of

__all__ = ["authority", "country", "renderer"]


@pytest.fixture
def mina(country: Country) -> Client:
    """Mina's browser, signed in."""
    return client_of(country.mina)
