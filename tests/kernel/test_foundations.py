"""Refusals, actors and identifiers of things: what every other package builds on."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound, PeerError, Refusal
from panjereh_kernel.uuid7 import make_uuid7

INSTANTS = st.datetimes(
    min_value=dt.datetime(1970, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    max_value=dt.datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
ENTROPY = st.binary(min_size=10, max_size=10)


class TooMany(Refusal):
    code = "too-many"

    def __init__(self, count: int, owner: UUID) -> None:
        super().__init__(count)
        self.count = count
        self.owner = owner
        self._evidence = "kept to ourselves"


def test_a_refusal_shows_plain_facts_and_nothing_private():
    owner = UUID(int=7)

    assert TooMany(3, owner).facts() == {"count": 3, "owner": str(owner)}
    assert TooMany(3, owner).status == 409


def test_absent_and_not_yours_are_one_answer():
    assert (NotFound().code, NotFound().status) == ("not-found", 404)


def test_a_peers_fault_keeps_what_the_peer_sent():
    fault = PeerError("unsigned", evidence=b"raw")

    assert (str(fault), fault.evidence, fault.code) == ("unsigned", b"raw", "peer-error")
    assert not isinstance(fault, Refusal)


def test_the_platform_acts_in_jobs_and_commands_with_a_purpose_and_without_a_person():
    actor = Actor.system("import-directory", channel=Channel.COMMAND)

    assert (actor.role, actor.channel, actor.purpose) == (Role.SYSTEM, Channel.COMMAND, "import-directory")
    assert actor.subject_id is None
    assert Actor.system("x").channel is Channel.JOB


def test_somebody_not_signed_in_has_no_assurance():
    actor = Actor.anonymous("search")

    assert (actor.role, actor.acr, actor.ial) == (Role.ANONYMOUS, 0, 0)


@given(INSTANTS, ENTROPY)
def test_an_identifier_is_a_version_7_uuid_that_carries_its_millisecond(instant, entropy):
    made = make_uuid7(instant, entropy=entropy)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(instant.timestamp() * 1000)


@given(INSTANTS, INSTANTS, ENTROPY, ENTROPY)
def test_later_identifiers_sort_later(one, other, first, second):
    earlier, later = sorted([one, other])
    if later - earlier >= dt.timedelta(milliseconds=2):
        assert make_uuid7(earlier, entropy=first) < make_uuid7(later, entropy=second)


@pytest.mark.parametrize(
    ("instant", "entropy", "why"),
    [
        (dt.datetime(2026, 1, 1), bytes(10), "aware"),  # noqa: DTZ001 -- the fault under test
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), bytes(9), "ten bytes"),
        (dt.datetime(1969, 1, 1, tzinfo=dt.UTC), bytes(10), "48 bits"),
    ],
)
def test_what_cannot_make_an_identifier_is_an_error(instant, entropy, why):
    with pytest.raises(ValueError, match=why):
        make_uuid7(instant, entropy=entropy)
