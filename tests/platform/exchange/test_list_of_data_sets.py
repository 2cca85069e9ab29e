"""A faulty list of data sets stops the program instead of a case."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from panjereh.domain.exchange.rules.data_sets import KnownFaulty, read_known

FILE = Path(__file__).resolve().parents[3] / "data/exchange/datasets.json"
Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.pop("instance"),
        lambda document: document["purposes"].pop("identity.proof"),
        lambda document: document["legal_bases"].pop("data-act-1401"),
        lambda document: document["data_sets"][0].pop("holder"),
        lambda document: document["data_sets"][0]["title"].pop("fa"),
        lambda document: document["data_sets"][0].update(answer={"type": "nonsense"}),
        lambda document: document["data_sets"][0].update(request=True),
        lambda document: document.update(data_sets=None),
    ],
)
def test_a_faulty_list_is_refused(spoil: Spoil) -> None:
    document = json.loads(FILE.read_text("utf-8"))
    spoil(document)

    with pytest.raises(KnownFaulty):
        read_known(json.dumps(document).encode())


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(KnownFaulty):
        read_known(b"{")
