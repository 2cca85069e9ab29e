"""What «who saw my data» makes of one look."""

import datetime as dt

import pytest
from django.utils import translation

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
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

    [seen] = shown.looks([look], cases={}, agencies=directory.agencies({"nocr"}), programs={})

    assert "tax.file-of-1399" in seen.sentence
    assert (seen.purpose, seen.law) == ("case.long-gone", "act-of-1399")
    assert seen.fields == ()
    assert seen.clock == "9:35"


def reading(minutes: int, *, who: str = "system", what: str = "people.person") -> disclosure.Look:
    return disclosure.Look(
        id=fresh_id(),
        at=dt.datetime(2026, 11, 22, 6, minutes, tzinfo=dt.UTC),
        kind=disclosure.LookKind.ACCESS,
        what=what,
        who=who,
        purpose="case-facts",
        legal_basis="",
        case_reference="",
        outcome="given",
        receipt_id=None,
    )


def test_the_platforms_own_readings_of_a_day_are_folded_and_nobody_elses():
    looks = [reading(9), reading(8, who="citizen"), reading(7), reading(6, what="documents.check")]

    [day] = shown.days(shown.looks(looks, cases={}, agencies={}, programs={}))

    assert [look.at.minute for look in day.automatic] == [9, 7]
    assert [look.at.minute for look in day.looks] == [8, 6]


def test_a_single_reading_of_the_platforms_own_is_not_folded():
    [day] = shown.days(shown.looks([reading(9)], cases={}, agencies={}, programs={}))

    assert (len(day.looks), day.automatic) == (1, [])


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            exchange.ReceiptsSummary(given=5, holders=4, denied=1),
            (
                "<b>4 agencies</b> gave this platform something of yours, <b>5 times</b> in all, and "
                "<b>one question</b> was refused."
            ),
        ),
        (
            exchange.ReceiptsSummary(given=1, holders=1, denied=0),
            (
                "<b>one agency</b> gave this platform something of yours, <b>once</b> in all, and no "
                "question was refused."
            ),
        ),
        (
            exchange.ReceiptsSummary(given=0, holders=0, denied=2),
            "no agency gave this platform anything of yours, and <b>2 questions</b> were refused.",
        ),
    ],
)
def test_the_sum_of_thirty_days_is_one_sentence(counts: exchange.ReceiptsSummary, words: str):
    with translation.override("en"):
        assert shown.summary(counts) == f"In the last thirty days {words}"


def test_that_the_proofs_of_ones_record_were_taken_is_told_in_a_sentence_of_its_own():
    with translation.override("en"):
        [seen] = shown.looks(
            [reading(1, who="citizen", what="audit.proofs")], cases={}, agencies={}, programs={}
        )

    assert seen.sentence == "The file with the proofs of your own record was taken from this page."
    assert not seen.is_automatic
