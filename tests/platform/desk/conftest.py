"""The desk of one agency, whose two grantors are signed in."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from panjereh.domain.directory import api as directory
from panjereh.plumbing import edge
from tests.platform.desk.browsers import browser_of
from tests.platform.people import officers
from tests.platform.people.officers import AT, Somebody


@dataclass
class Agency:
    """Two grantors with their browsers, and somebody who is to be given a role."""

    first: Somebody
    second: Somebody
    clerk: Somebody

    @property
    def asking(self) -> Client:
        return browser_of(self.first)

    @property
    def deciding(self) -> Client:
        return browser_of(self.second)

    def request(self) -> UUID:
        return officers.request(self.clerk, by=self.first.at_the_desk())

    def give(self) -> UUID:
        grant_id = self.request()
        officers.approve(grant_id, by=self.second.at_the_desk())
        return grant_id


@pytest.fixture
def agency(db: None, monkeypatch: pytest.MonkeyPatch) -> Agency:
    monkeypatch.setattr(edge, "now", lambda: AT)
    directory.import_directory(Path(settings.PANJEREH.data_directory) / "iran", at=AT)
    first, second = officers.make_grantors()
    return Agency(first, second, officers.make_somebody(given="کارمند"))
