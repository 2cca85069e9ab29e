"""An operator of the platform for the tests, made as one is: one grantor asks, another approves."""

from panjereh_kernel.actor import Actor, OfficerRole
from tests.platform.people import officers
from tests.platform.people.officers import OPERATING, Somebody


def make_operator(*, given: str = "گرداننده") -> Somebody:
    """Return somebody who is an operator at the agency that runs the platform."""
    return make_operators(given)[0]


def make_operators(*given: str) -> tuple[Somebody, ...]:
    """Return an operator of each given name; without any, two."""
    first, second = officers.make_grantors(agency=OPERATING)
    made = tuple(officers.make_somebody(given=name) for name in given or ("یکم", "دوم"))
    for who in made:
        grant_id = officers.request(
            who, by=first.at_the_desk(OPERATING), role=OfficerRole.OPERATOR, agency=OPERATING
        )
        officers.approve(grant_id, by=second.at_the_desk(OPERATING))
    return made


def at_work(who: Somebody) -> Actor:
    """Return an operator as the desk sees them."""
    return who.at_the_desk(OPERATING, OfficerRole.OPERATOR)
