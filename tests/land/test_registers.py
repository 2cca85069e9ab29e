"""Each agency answers its data set as the contract says, and tells nothing to a wrong question."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from panjereh_land.asgi import SERVICES
from panjereh_land.country import Country
from panjereh_land.preparation.federation import CONSUMER, CONTRACTS, INSTANCE
from panjereh_land.stories import Role, Story
from tests.land.conftest import Caller

AS_OF = "2026-11-22T09:30:00Z"
Acts = dict[Story, Role]


def ask(
    agencies: Caller, data_set: str, question: dict[str, str], data_sets: dict[str, Any]
) -> dict[str, Any]:
    """Ask and check question and answer against the contract's schemas."""
    entry = data_sets[data_set]
    Draft202012Validator(entry["request"]).validate(question)
    path = "/".join(entry["provider"].split("/")[1:]) + "/" + entry["service"]
    response = agencies.post(f"/{path}", json=question)
    assert response.status_code == 200, response.text
    Draft202012Validator(entry["answer"]).validate(response.json())
    return dict(response.json())


def test_the_civil_registry_tells_a_person_to_who_knows_number_and_birth_date(
    agencies: Caller, acts: Acts, data_sets: dict[str, Any]
) -> None:
    person = acts[Story.GRANTED].person
    question = {"national_number": person.national_number, "birth_date": person.birth_date.isoformat()}

    answer = ask(agencies, "civil.person", question, data_sets)

    assert answer == {
        "found": True,
        "as_of": AS_OF,
        "person": {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "father_name": person.father_name,
            "birth_date": person.birth_date.isoformat(),
            "sex": person.sex.value,
            "alive": True,
        },
    }


def test_a_wrong_birth_date_is_nobody(agencies: Caller, acts: Acts, data_sets: dict[str, Any]) -> None:
    question = {"national_number": acts[Story.GRANTED].person.national_number, "birth_date": "1900-01-01"}

    assert ask(agencies, "civil.person", question, data_sets) == {"found": False, "as_of": AS_OF}


def test_the_civil_registry_says_who_died(agencies: Caller, acts: Acts, data_sets: dict[str, Any]) -> None:
    person = acts[Story.DEAD].person
    question = {"national_number": person.national_number, "birth_date": person.birth_date.isoformat()}

    assert ask(agencies, "civil.person", question, data_sets)["person"]["alive"] is False


@pytest.mark.parametrize(("story", "matches"), [(Story.GRANTED, True), (Story.PHONE_OF_ANOTHER, False)])
def test_the_register_of_phones_says_whether_a_number_is_the_persons_own(
    agencies: Caller, acts: Acts, data_sets: dict[str, Any], *, story: Story, matches: bool
) -> None:
    person = acts[story].person
    question = {"national_number": person.national_number, "mobile": person.mobile or ""}

    assert ask(agencies, "phone.ownership", question, data_sets) == {"matches": matches, "as_of": AS_OF}


def test_a_phone_nobody_owns_matches_nobody(agencies: Caller, acts: Acts, data_sets: dict[str, Any]) -> None:
    question = {"national_number": acts[Story.GRANTED].person.national_number, "mobile": "+989121234567"}

    assert ask(agencies, "phone.ownership", question, data_sets)["matches"] is False


def test_the_residence_register_and_the_post_agree_on_a_home(
    agencies: Caller, acts: Acts, data_sets: dict[str, Any]
) -> None:
    number = acts[Story.GRANTED].person.national_number

    residence = ask(agencies, "housing.residence", {"national_number": number}, data_sets)["residence"]
    place = ask(agencies, "post.place", {"postal_code": residence["postal_code"]}, data_sets)["place"]

    assert place["kind"] == "dwelling"
    assert place["postal_code"] == residence["postal_code"]


def test_a_registered_residence_may_be_no_dwelling(
    agencies: Caller, acts: Acts, data_sets: dict[str, Any]
) -> None:
    code = acts[Story.PLACE_NOT_A_DWELLING].postal_code or ""

    assert ask(agencies, "post.place", {"postal_code": code}, data_sets)["place"]["kind"] in {"shop", "land"}


def test_a_registered_residence_may_be_unknown_to_the_post(
    agencies: Caller, acts: Acts, data_sets: dict[str, Any]
) -> None:
    code = acts[Story.PLACE_UNKNOWN].postal_code or ""

    assert ask(agencies, "post.place", {"postal_code": code}, data_sets) == {"found": False, "as_of": AS_OF}


def test_somebody_may_have_no_residence(agencies: Caller, acts: Acts, data_sets: dict[str, Any]) -> None:
    question = {"national_number": acts[Story.NO_RESIDENCE].person.national_number}

    assert ask(agencies, "housing.residence", question, data_sets) == {"found": False, "as_of": AS_OF}


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/nocr/civil/person", {"national_number": "9990000000", "birth_date": "1990-01-01"}),
        ("/nocr/civil/person", {"national_number": "9999992099", "birth_date": "1990-13-01"}),
        ("/nocr/civil/person", {"national_number": "9999992099"}),
        ("/nocr/civil/person", {"national_number": 9999992099, "birth_date": "1990-01-01"}),
        ("/cra/shahkar/match", {"national_number": "9999992099", "mobile": "09121234567"}),
        ("/post/place/lookup", {"postal_code": "123"}),
        ("/post/place/lookup", {"postal_code": "9999913182", "why": "curious"}),
        ("/mrud/residence/current", ["9999992099"]),
    ],
)
def test_a_wrong_question_is_refused_without_repeating_what_it_held(
    agencies: Caller, path: str, question: object
) -> None:
    response = agencies.post(path, json=question)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "question-not-valid"
    assert "9999992099" not in response.text


def test_what_is_not_json_is_refused(agencies: Caller) -> None:
    assert agencies.post("/post/place/lookup", content=b"{").status_code == 400


def test_a_question_too_large_to_be_one_is_refused(agencies: Caller) -> None:
    response = agencies.post("/post/place/lookup", content=b"x" * 5000)

    assert (response.status_code, response.json()["code"]) == (413, "question-too-large")


def test_the_contracts_prepared_are_those_of_the_list_of_data_sets(data_sets: dict[str, Any]) -> None:
    listed = {
        (
            entry["key"],
            f"{INSTANCE}/{entry['provider']}/{entry['service']}",
            each["purpose"],
            each["legal_basis"],
            each["id"],
        )
        for entry in data_sets.values()
        for each in entry["contracts"]
    }

    assert {(c.data_set, c.service, c.purpose, c.legal_basis, c.id()) for c in CONTRACTS} == listed
    assert CONSUMER == "PRACTICE/GOV/ito/window"


def test_every_data_set_listed_is_served(country: Country, data_sets: dict[str, Any]) -> None:
    served = {service.path for service in SERVICES}

    assert served == {
        f"/{entry['provider'].removeprefix('GOV/')}/{entry['service']}" for entry in data_sets.values()
    }
