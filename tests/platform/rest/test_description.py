"""The description holds, and whatever is sent to an address, the answer is one that it names."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from panjereh.rest import description
from tests.platform.rest.described import DESCRIBED, SERVICE, holds

# What a stranger may read; test_made_up_calls asks everything, and this what is really there.
READINGS = [path for path, item in DESCRIBED["paths"].items() if "get" in item and "/me" not in path]
# As they come from the address bar of a mistaken program: words, numbers, days, and things that are none.
VALUES = st.one_of(
    st.text(max_size=30),
    st.text("\0٪%۱1-", max_size=3),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["place.address-certificate", "cases-by-state-and-day", "submitted", "\0", "نشانی"]),
)
# What is there, so that an answer does not always end at "no such thing".
THERE = {"{service_id}": "place.address-certificate", "{figure_id}": "cases-by-state-and-day"}
bounded = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_the_description_is_openapi_3_1():
    OpenAPIV31SpecValidator(DESCRIBED).validate()


def test_no_two_operations_have_one_name():
    names = [each.name for _, _, each in description.routes()]

    assert len(names) == len(set(names))


def test_an_operation_that_wants_a_scope_says_so():
    told = DESCRIBED["paths"]["/me/cases"]["get"]

    assert told["security"] == [{"person": ["cases:read"]}]
    assert "WWW-Authenticate" in told["responses"]["401"]["headers"]


def address(path: str, draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    """Return an address of this shape with something in each of its places."""
    filled = [
        quote(draw(st.just(THERE.get(part, "x")) | VALUES) or "x", safe="") if part.startswith("{") else part
        for part in path.split("/")
    ]
    return f"{SERVICE}{'/'.join(filled)}"


@pytest.mark.slow
@pytest.mark.parametrize("path", READINGS)
@bounded
@given(data=st.data())
def test_every_reading_answers_as_described(catalogue_installed: None, path: str, data: st.DataObject):
    operation = DESCRIBED["paths"][path]["get"]
    names = [each["name"] for each in operation.get("parameters", [])]
    names = [*names, "stray"] if names else []
    query = data.draw(st.dictionaries(st.sampled_from(names), VALUES, max_size=3)) if names else {}
    tags = data.draw(st.sampled_from([{}, {"if-none-match": "*"}, {"if-none-match": "x"}]))

    answer = Client().get(f"{address(path, data.draw)}?{urlencode(query)}", headers=tags)

    holds(answer, operation)
