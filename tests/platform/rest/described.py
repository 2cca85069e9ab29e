"""The description of the interface, and answers held against it."""

import json
from typing import Any

import jsonschema
from django.http import HttpResponse
from django.test import Client

from panjereh.rest import description

SERVICE = "/api/v1"
DESCRIBED = description.described()
NO_BODY = {204, 304}


def matches(value: object, schema: dict[str, Any]) -> None:
    """Hold a value against a schema of the description."""
    jsonschema.Draft202012Validator(
        {"allOf": [schema], "components": DESCRIBED["components"]}, format_checker=jsonschema.FormatChecker()
    ).validate(value)


def holds(response: HttpResponse, operation: dict[str, Any]) -> None:
    """Hold an answer against its operation: a status, a type and a body that are described."""
    told = operation["responses"][str(response.status_code)]
    if response.status_code in NO_BODY:
        assert response.content == b""
        return
    kind = response.headers["Content-Type"].split(";")[0]
    schema = told["content"][kind]["schema"]
    if "contentMediaType" not in schema:
        matches(json.loads(response.content), schema)


def operation_of(path: str, method: str = "get") -> dict[str, Any]:
    """Return the operation that answers an address below the interface's own."""
    parts = path.split("?", maxsplit=1)[0].split("/")
    for described, item in DESCRIBED["paths"].items():
        names = described.split("/")
        if len(names) == len(parts) and all(
            name == part or name.startswith("{") for name, part in zip(names, parts, strict=True)
        ):
            operation: dict[str, Any] = item[method]
            return operation
    raise AssertionError(f"{path} is not described")


def answer_of(client: Client, path: str) -> dict[str, Any]:
    response = client.get(f"{SERVICE}{path}")
    assert response.status_code == 200, response.content
    holds(response, operation_of(path))
    answer: dict[str, Any] = response.json()
    return answer


def problem_of(client: Client, path: str, status: int) -> dict[str, Any]:
    response = client.get(f"{SERVICE}{path}")
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    matches(response.json(), {"$ref": "#/components/schemas/Problem"})
    answer: dict[str, Any] = response.json()
    assert answer["status"] == status
    return answer
