"""The same document and stranger as the pages of the check have."""

import pytest
from django.conf import settings

from panjereh.rest.document_checks import endpoints
from tests.platform.check.conftest import (  # noqa: F401 -- fixtures
    authority,
    catalogue_installed,
    clock,
    file,
    holder,
    issue,
    issued,
    numbers,
    press,
    renderer,
    requested,
    revoke,
    roots,
    stranger,
)


@pytest.fixture(autouse=True)
def roots_here(roots: None):  # noqa: F811 -- the fixture above
    endpoints._roots.cache_clear()
    assert settings.PANJEREH.document_chain_file.exists()
    yield
    endpoints._roots.cache_clear()
