"""The same document and stranger as the pages of the check have."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from joserfc.jwk import ECKey

from panjereh.rest.document_checks import endpoints
from panjereh.rest.tokens import introspection
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
from tests.platform.documents.press import PUBLIC_URL
from tests.platform.rest.program import ISSUER, Tokens


@pytest.fixture(autouse=True)
def roots_here(roots: None):  # noqa: F811 -- the fixture above
    endpoints._roots.cache_clear()
    assert django_settings.PANJEREH.document_chain_file.exists()
    yield
    endpoints._roots.cache_clear()


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Tokens:
    """Stand in for the identity provider's introspection; the keys of the window are real."""
    known = Tokens()
    key = tmp_path / "portal.pem"
    key.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    settings.PANJEREH = dataclasses.replace(
        settings.PANJEREH, portal_client_key_file=key, idp_issuer=ISSUER, public_url=PUBLIC_URL
    )
    monkeypatch.setattr(introspection, "_http", lambda: known)
    return known
