"""schemathesis reads the description and makes up calls, right and wrong: each answer must be described.

What it generates is the same in every run. The short form is quick, the long one runs with the slow tests.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.schemas import OpenApiSchema

from panjereh.rest import description
from tests.platform.rest.described import SERVICE, holds, operation_of
from tests.platform.rest.program import Tokens

OPERATIONS = [(path, method.upper()) for path, method, _ in description.routes() if path != "/openapi.json"]
ANY = "019aaa25-df00-7000-8000-000000000001"
# Positive data is a wish of the schema alone: a number of a document has check digits that no schema knows.
NAMED = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
         "response_headers_conformance", "response_schema_conformance", "unsupported_method"]  # fmt: skip


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The calls stay in the test's transaction: no request closes its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(tokens: Tokens, catalogue_installed: None, one_connection: None) -> OpenApiSchema:
    schema = schemathesis.openapi.from_dict(description.served())
    schema.app = get_wsgi_application()
    return schema


def make_calls(described: OpenApiSchema, path: str, method: str, *, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path][method].as_strategy())
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(
            base_url=f"http://testserver{SERVICE}",
            headers={"Accept-Encoding": "identity"},
            checks=CHECKS.get_by_names(NAMED),
        )

    call()


def test_made_up_calls_are_answered_as_described(described: OpenApiSchema):
    for path, method in OPERATIONS:
        make_calls(described, path, method, examples=2)


@pytest.mark.slow
def test_many_made_up_calls_are_answered_as_described(described: OpenApiSchema):
    for path, method in OPERATIONS:
        make_calls(described, path, method, examples=8)


@pytest.mark.parametrize("kind", ["text/csv", "application/xml", "multipart/form-data", "application/json"])
def test_a_body_of_garbage_is_answered_as_described(stranger: Client, kind: str, db: None):
    for path, method in OPERATIONS:
        for garbage in (b"", b"\xff\x00", b"[[[[", b'{"number":'):
            response = stranger.generic(method, address_of(path), garbage, content_type=kind)
            holds(response, operation_of(path, method.lower()))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_method_that_is_not_described_is_refused_everywhere(stranger: Client, method: str, db: None):
    for path, _ in OPERATIONS:
        response = stranger.generic(method, address_of(path))
        assert (response.status_code, response.json()["code"]) == (405, "method-not-known")


def address_of(path: str) -> str:
    for things in ("case_id", "document_id", "assessment_id"):
        path = path.replace(f"{{{things}}}", ANY)
    return SERVICE + path.replace("{", "").replace("}", "")
