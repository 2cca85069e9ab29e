"""What a pack decides: every law here must hold for any facts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjereh.domain.catalogue import api as catalogue

HOME = "9999912345"
APPLICANT = {"national_number": "9990000018", "birth_date": "1990-01-01"}
PERSON = {"found": True, "alive": True, "given_name": "سارا", "family_name": "نمونه", "father_name": "رضا"}
RESIDENCE = {"found": True, "postal_code": HOME, "since": "2020-01-01", "bond": "lease"}
PLACE = {"found": True, "postal_code": HOME, "kind": "dwelling", "city": "اراک", "address_line": "کوچه یک"}
BY_REGISTER = {"source": "register", "postal_code": ""}
ABSENT = {"found": False}


@pytest.fixture
def address(lint):
    return lint()


def facts(**changes):
    base = {
        "applicant": APPLICANT,
        "form": BY_REGISTER,
        "person": PERSON,
        "residence": RESIDENCE,
        "place": PLACE,
    }
    return base | changes


def test_who_lives_where_the_register_says_is_granted(address):
    decision = catalogue.decide(address, facts())

    assert decision.outcome is catalogue.Outcome.GRANTED
    assert decision.failed_conditions == ()
    assert {finding for _, finding in decision.conditions} == {catalogue.Finding.HELD}


def test_a_shop_is_refused_with_its_reason_and_remedy(address):
    decision = catalogue.decide(address, facts(place=PLACE | {"kind": "shop"}))

    failed = address.condition(decision.failed_conditions[0])
    assert decision.outcome is catalogue.Outcome.REFUSED
    assert failed.id == "place-is-dwelling"
    assert failed.remedy.agency == "post"


def test_what_could_not_be_asked_is_unchecked_and_gives_no_second_reason(address):
    decision = catalogue.decide(address, facts(residence=ABSENT, place=None))

    assert decision.failed_conditions == ("bond-with-place",)
    assert ("place-is-dwelling", catalogue.Finding.UNCHECKED) in decision.conditions


def test_a_case_is_never_granted_while_something_was_not_asked(address):
    with pytest.raises(catalogue.UndecidableError):
        catalogue.decide(address, facts(place=None))


def test_facts_without_a_field_the_pack_reads_are_a_bug_and_no_decision(address):
    with pytest.raises(catalogue.UndecidableError):
        catalogue.decide(address, facts(place={"found": True}))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    person=st.sampled_from([PERSON, PERSON | {"alive": False}, ABSENT]),
    residence=st.sampled_from([RESIDENCE, RESIDENCE | {"postal_code": "9999954321"}, ABSENT]),
    place=st.sampled_from([PLACE, PLACE | {"kind": "land"}, ABSENT]),
    form=st.sampled_from([BY_REGISTER, {"source": "postal-code", "postal_code": HOME}]),
)
def test_granted_means_alive_and_living_in_a_dwelling_that_is_ones_own_and_nothing_else(
    address, person, residence, place, form
):
    decision = catalogue.decide(address, facts(person=person, residence=residence, place=place, form=form))

    alive = person.get("alive", False)
    at_home = residence["found"] and (form["source"] == "register" or residence["postal_code"] == HOME)
    dwelling = place.get("kind") == "dwelling"
    assert (decision.outcome is catalogue.Outcome.GRANTED) == (alive and at_home and dwelling)


def test_each_register_is_asked_with_what_is_known_by_then(address):
    person, residence, place = address.evidence
    typed = {"source": "postal-code", "postal_code": "9999954321"}

    assert catalogue.request_of(person, facts()) == APPLICANT
    assert catalogue.request_of(residence, facts()) == {"national_number": "9990000018"}
    assert catalogue.request_of(place, facts()) == {"postal_code": HOME}
    assert catalogue.request_of(place, facts(form=typed, residence=ABSENT)) == {"postal_code": "9999954321"}
    assert catalogue.request_of(place, facts(residence=ABSENT)) is None


def test_the_document_is_made_from_the_facts_alone(address):
    made = catalogue.document_data(address.output("address-certificate"), facts())

    assert made["holder"]["given_name"] == "سارا"
    assert made["place"] == {"postal_code": HOME, "city": "اراک", "address_line": "کوچه یک"}
    assert made["residence"] == {"since": "2020-01-01", "bond": "lease"}


def test_a_page_is_asked_only_when_it_is_needed(address):
    source, postal_code = address.pages

    assert catalogue.is_shown(source.shown_if, {"source": "", "postal_code": ""})
    assert not catalogue.is_shown(postal_code.shown_if, {"source": "register", "postal_code": ""})
    assert catalogue.is_shown(postal_code.shown_if, {"source": "postal-code", "postal_code": ""})


def test_only_plain_values_reach_a_document(address):
    with pytest.raises(catalogue.UndecidableError, match="no plain value"):
        catalogue.document_data(address.output("address-certificate"), facts(place=PLACE | {"city": ["x"]}))
