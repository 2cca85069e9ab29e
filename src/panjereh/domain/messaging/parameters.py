"""What a message was told, sealed under the key of the person it was sent to."""

import json
from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from panjereh.plumbing import sealing

_FIELD: Final = "inbox_parameters"


def seal_parameters(subject_id: UUID, parameters: Mapping[str, str]) -> bytes:
    """Return the parameters as the inbox keeps them."""
    return sealing.seal(subject_id, _FIELD, json.dumps(dict(parameters)))


def parameters_opener(subject_id: UUID) -> Callable[[bytes | memoryview], dict[str, str]]:
    """Return a function that opens what `seal_parameters` sealed for this person, for one reading."""
    open_one = sealing.opener(subject_id)

    def open_parameters(sealed: bytes | memoryview) -> dict[str, str]:
        parameters: dict[str, str] = json.loads(open_one(_FIELD, sealed))
        return parameters

    return open_parameters
