"""The desk of one agency, whose two grantors are signed in."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from panjereh.plumbing import edge
from tests.platform.desk.browsers import browser_of
from tests.platform.known import make_known
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
    make_known(at=AT)
    first, second = officers.make_grantors()
    return Agency(first, second, officers.make_somebody(given="کارمند"))
