"""Officers for the tests: people with accounts, the first two grantors of an agency, and their actors."""

import dataclasses
import datetime as dt
import itertools
import secrets
from dataclasses import dataclass
from uuid import UUID

from panjereh.domain.people import access
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Account, AccountState, Life, Subject
from panjereh.plumbing import sealing
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, Channel, OfficerRole, Post, Role
from panjereh_kernel.identifiers import NationalNumber, national_check_digit
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT

AGENCY, OTHER_AGENCY, OPERATING = "post", "nocr", "ito"
OPERATOR = Actor.system("officer-grants", channel=Channel.COMMAND)
_nines = itertools.count(999_700_001)


@dataclass(frozen=True)
class Somebody:
    """A person with an account."""

    number: NationalNumber
    subject_id: UUID
    account_id: UUID

    def at_the_desk(self, agency: str = AGENCY, *roles: OfficerRole, unit: str = "") -> Actor:
        """Return them as the desk sees them: at an agency, by default as a grantor."""
        return Actor(
            role=Role.OFFICER,
            channel=Channel.DESK,
            purpose="officer-grants",
            subject_id=self.subject_id,
            account_id=self.account_id,
            acr=2,
            ial=1,
            post=Post(agency, unit, frozenset(roles or {OfficerRole.GRANTOR})),
        )


def make_somebody(
    *, given: str = "آزاده", state: str = AccountState.ACTIVE, at: dt.datetime = AT
) -> Somebody:
    """Return a new person with an account; their name can be read."""
    nine = str(next(_nines))
    number = NationalNumber(nine + national_check_digit(nine))
    subject = Subject.objects.create(
        id=(subject_id := fresh_id(at)),
        sealed_given_name=sealing.seal(subject_id, "given_name", given),
        sealed_family_name=sealing.seal(subject_id, "family_name", "آزمون"),
        sealed_father_name=b"-",
        sealed_birth_date=b"-",
        sealed_national_number=b"-",
        national_number_index=access.number_index(number.value),
        life=Life.ALIVE,
        source="civil.person",
        source_as_of=at,
        source_receipt_id=fresh_id(at),
        confirmed_at=at,
    )
    account = Account.objects.create(
        id=fresh_id(at),
        subject=subject,
        sealed_mobile=b"-",
        mobile_index=secrets.token_bytes(32),
        mobile_source="phone.ownership",
        mobile_as_of=at,
        mobile_receipt_id=fresh_id(at),
        state=state,
        ial=1,
        opened_at=at,
        proven_at=at,
    )
    return Somebody(number, subject.id, account.id)


def name_grantor(
    who: Somebody, *, agency: str = AGENCY, actor: Actor = OPERATOR, at: dt.datetime = AT
) -> UUID:
    """Name a first grantor."""
    grant_id = fresh_id(at)
    people.name_first_grantor(
        grant_id,
        national_number=who.number,
        agency_id=agency,
        reason=people.FirstReason.NEW_AGENCY,
        actor=actor,
        at=at,
    )
    return grant_id


def make_grantors(*, agency: str = AGENCY, at: dt.datetime = AT) -> tuple[Somebody, Somebody]:
    """Return the first two grantors of an agency."""
    pair = make_somebody(given="نخست", at=at), make_somebody(given="دوم", at=at)
    for one in pair:
        name_grantor(one, agency=agency, at=at)
    return pair


def request(
    holder: Somebody,
    *,
    by: Actor,
    role: OfficerRole = OfficerRole.OFFICER,
    agency: str = AGENCY,
    unit: str = "",
    days: int = 180,
    at: dt.datetime = AT,
    grant_id: UUID | None = None,
) -> UUID:
    """Ask for a role."""
    grant_id = grant_id or fresh_id(at)
    people.request_grant(
        grant_id,
        national_number=holder.number,
        post=Post(agency, unit, frozenset({role})),
        last_day=jalali.tehran_date(at) + dt.timedelta(days=days),
        operating_agency=OPERATING,
        actor=by,
        at=at,
    )
    return grant_id


def approve(grant_id: UUID, *, by: Actor, at: dt.datetime = AT) -> None:
    """Approve a request."""
    people.approve_grant(grant_id, act_id=fresh_id(at), actor=by, at=at)


def refuse(grant_id: UUID, *, by: Actor, at: dt.datetime = AT) -> None:
    """Refuse a request."""
    people.refuse_grant(grant_id, reason=people.RefuseReason.NOT_NEEDED, act_id=fresh_id(at), actor=by, at=at)


def revoke(grant_id: UUID, *, by: Actor, at: dt.datetime = AT) -> None:
    """Revoke a grant."""
    people.revoke_grant(grant_id, reason=people.RevokeReason.LEFT, act_id=fresh_id(at), actor=by, at=at)


def elsewhere(actor: Actor, agency: str) -> Actor:
    """Return the same officer saying they sit elsewhere."""
    assert actor.post is not None
    return dataclasses.replace(actor, post=dataclasses.replace(actor.post, agency_id=agency))
