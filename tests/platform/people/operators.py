"""An operator of the platform for the tests, made as one is: one grantor asks, another approves."""

from panjereh_kernel.actor import Actor, OfficerRole
from tests.platform.people import officers
from tests.platform.people.officers import OPERATING, Somebody


def make_operator(*, given: str = "گرداننده") -> Somebody:
    """Return somebody who is an operator at the agency that runs the platform."""
    first, second = officers.make_grantors(agency=OPERATING)
    who = officers.make_somebody(given=given)
    grant_id = officers.request(
        who, by=first.at_the_desk(OPERATING), role=OfficerRole.OPERATOR, agency=OPERATING
    )
    officers.approve(grant_id, by=second.at_the_desk(OPERATING))
    return who


def at_work(who: Somebody) -> Actor:
    """Return an operator as the desk sees them."""
    return who.at_the_desk(OPERATING, OfficerRole.OPERATOR)
