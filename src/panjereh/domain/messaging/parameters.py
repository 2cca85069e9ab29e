"""What a message was told, sealed under the key of the person it was sent to."""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from panjereh.plumbing import sealing

_FIELD: Final = "inbox_parameters"


def seal_parameters(subject_id: UUID, parameters: Mapping[str, str]) -> bytes:
    """Return the parameters as the inbox keeps them."""
    return sealing.seal(subject_id, _FIELD, json.dumps(dict(parameters)))


def unseal_parameters(subject_id: UUID, sealed: bytes | memoryview) -> dict[str, str]:
    """Return the parameters that `seal_parameters` sealed for the same person."""
    parameters: dict[str, str] = json.loads(sealing.unseal(subject_id, _FIELD, sealed))
    return parameters
