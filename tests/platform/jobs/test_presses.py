"""What the worker makes documents and looks at files with, as the settings say."""

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from panjereh.config.environment import Profile
from panjereh.jobs import blobs, documents
from panjereh.plumbing.blobs import api as port
from tests.platform.documents import press as made


def set_to(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    monkeypatch.setattr(settings, "PANJEREH", dataclasses.replace(settings.PANJEREH, **changes))


def test_documents_are_stamped_where_an_authority_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    chain = tmp_path / "chain.pem"
    chain.write_bytes(made.Authority().chain_pem)
    set_to(monkeypatch, time_stamp_url="https://stamps.example", time_stamp_chain_file=chain)

    authority = documents._authority()

    assert authority is not None
    assert authority.url == "https://stamps.example"
    assert len(authority.roots) == 1


def test_without_an_authority_documents_are_not_stamped(monkeypatch: pytest.MonkeyPatch):
    set_to(monkeypatch, time_stamp_url=None, time_stamp_chain_file=None)

    assert documents._authority() is None


def test_receipts_name_the_operator_where_both_names_are_set(monkeypatch: pytest.MonkeyPatch):
    set_to(monkeypatch, operator_name_fa="سازمان", operator_name_en="Organisation")
    named = documents._operator()
    set_to(monkeypatch, operator_name_fa="سازمان", operator_name_en=None)

    assert named == {"fa": "سازمان", "en": "Organisation"}
    assert documents._operator() is None


def test_files_are_looked_at_by_the_scanner_of_the_installation(monkeypatch: pytest.MonkeyPatch):
    set_to(monkeypatch, clamd_address="127.0.0.1:3310")
    real = blobs.scanner()
    set_to(monkeypatch, clamd_address=None)

    assert isinstance(real, port.ClamdScanner)
    assert isinstance(blobs.scanner(), port.PracticeScanner)


def test_production_without_a_scanner_keeps_files_apart(monkeypatch: pytest.MonkeyPatch):
    set_to(monkeypatch, clamd_address=None, profile=Profile.PRODUCTION)

    with pytest.raises(ImproperlyConfigured, match="PANJEREH_CLAMD_ADDRESS"):
        blobs.scanner()
