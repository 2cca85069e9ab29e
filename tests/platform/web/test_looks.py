"""What «who saw my data» makes of one look."""

import datetime as dt

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.web.citizen.accesses import shown
from tests.platform.access.country import Country
from tests.platform.people.desk import fresh_id


def test_a_look_whose_contract_is_gone_is_still_seen_by_its_codes(country: Country):
    look = disclosure.Look(
        id=fresh_id(),
        at=dt.datetime(2026, 11, 22, 6, 5, tzinfo=dt.UTC),
        kind=disclosure.LookKind.EXCHANGE,
        what="tax.file-of-1399",
        who="nocr",
        purpose="case.long-gone",
        legal_basis="act-of-1399",
        case_reference="",
        outcome="given",
        receipt_id=None,
    )

    [seen] = shown.looks([look], cases={}, agencies=directory.agencies({"nocr"}))

    assert "tax.file-of-1399" in seen.sentence
    assert (seen.purpose, seen.law) == ("case.long-gone", "act-of-1399")
    assert seen.fields == ()
    assert seen.clock == "9:35"
