"""What a filled-in question list scores, and what each open question is worth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjereh.domain.evaluation.rules.assessing import Asked, Reply, disagreement, neighbours, settle
from panjereh.domain.evaluation.scoring import effects, score_answers
from panjereh.domain.indices import api as indices
from tests.platform.indices.published import METHODS, edition, rows_of

METHOD = METHODS["egdi", "2024"]
OSI = [
    Asked(code, row["subindex"], int(row["effort"]))
    for row in rows_of("osi_2024_indicators.csv")
    for code in row["codes"].split()
]
LOSI = [
    Asked(row["code"], row["criterion"], int(row["effort"])) for row in rows_of("losi_2024_indicators.csv")
]
sheets = st.fixed_dictionaries({each.code: st.sampled_from(Reply) for each in OSI})
local_sheets = st.fixed_dictionaries({each.code: st.sampled_from(Reply) for each in LOSI})


def test_the_lists_have_as_many_questions_as_the_publisher_says():
    assert (len(OSI), len(LOSI)) == (183, 95)
    assert len({each.code for each in OSI}) == 183


def test_one_yes_is_worth_its_yardstick_and_the_weights_are_marked_as_reported():
    score = score_answers(OSI, {"004": Reply.YES}, METHOD)
    service = score_answers(OSI, {"043": Reply.YES}, METHOD)

    assert score.value == pytest.approx(0.05 / 16)
    assert service.value == pytest.approx(0.45 / 59)
    assert score.weight_state is indices.WeightState.REPORTED
    # Seventeen points of participation stand with questions that the list does not name.
    assert score.reachable == pytest.approx(1 - 0.35 * 17 / 73)


def test_a_city_has_the_publishers_score_and_the_one_of_what_applies():
    answers = {each.code: Reply.NOT_APPLICABLE for each in LOSI[:15]}
    answers |= {each.code: Reply.YES for each in LOSI[15:55]}

    score = score_answers(LOSI, answers, None)

    assert score.value == pytest.approx(40 / 95)
    assert score.applicable == pytest.approx(40 / 80)


def test_a_list_of_which_nothing_applies_scores_nothing():
    score = score_answers(LOSI, {each.code: Reply.NOT_APPLICABLE for each in LOSI}, None)

    assert (score.value, score.applicable) == (0.0, 0.0)


def test_a_service_moves_the_index_by_a_third_of_its_worth_and_says_how_many_places():
    found = effects(OSI, {"043": Reply.NO, "302": Reply.NO}, METHOD, table=edition("2024"), iso3="IRN")

    service, portal = found
    assert (service.asked.code, portal.asked.code) == ("043", "302")
    assert service.index == pytest.approx(0.45 / 59 / 3)
    assert (service.places, service.epi_places) == (1, None)
    # One point of participation more is 0.1918, which others have: it is shared with them.
    assert portal.index == pytest.approx(0.35 / 73 / 3)
    assert (portal.places, portal.epi_places) == (1, 1)


def test_what_gives_most_for_its_effort_comes_first_and_alike_ones_stay_in_order():
    found = effects(OSI, {each.code: Reply.NO for each in OSI}, METHOD)

    assert [each.worth for each in found] == sorted((each.worth for each in found), reverse=True)
    best = [each.asked.code for each in found if each.worth == found[0].worth]
    assert best == [each.code for each in OSI if each.code in best]
    assert found == effects(OSI, {each.code: Reply.NO for each in reversed(OSI)}, METHOD)


@settings(max_examples=20)
@given(sheets)
def test_effects_of_a_part_add_up_to_what_it_lacks(answers: dict[str, Reply]):
    now = score_answers(OSI, answers, METHOD).value

    for part in {each.part for each in OSI}:
        turned = {each.code: Reply.YES for each in OSI if each.part == part and answers[each.code] == "no"}
        gained = score_answers(OSI, answers | turned, METHOD).value - now
        told = sum(each.score for each in effects(OSI, answers, METHOD) if each.asked.part == part)
        assert told == pytest.approx(gained)


@settings(max_examples=20)
@given(local_sheets, st.sampled_from(LOSI))
def test_a_yes_in_the_place_of_a_no_never_lowers_a_score(answers: dict[str, Reply], turned: Asked):
    before = score_answers(LOSI, answers | {turned.code: Reply.NO}, None)
    after = score_answers(LOSI, answers | {turned.code: Reply.YES}, None)

    assert after.value > before.value
    assert (after.applicable or 0) > (before.applicable or 0)


def test_what_both_say_alike_stands_and_a_third_decides_the_rest():
    first = {"1": Reply.YES, "2": Reply.NO, "3": Reply.YES}
    second = {"1": Reply.YES, "2": Reply.YES}

    assert settle(first, second, {}) == {"1": Reply.YES}
    assert settle(first, second, {"2": Reply.NO}) == {"1": Reply.YES, "2": Reply.NO}
    assert disagreement(first, second) == 0.5
    assert disagreement(first, {}) == 0.0


@given(st.sets(st.sampled_from("abcdefgh")), st.sampled_from("abcdefgh"))
def test_going_on_from_one_open_question_to_the_next_meets_each_once(waiting: set[str], start: str):
    met, at = [], start
    for _ in waiting - {start}:
        _before, at = neighbours("abcdefgh", at, waiting=waiting - {start})
        met.append(at)

    assert sorted(met) == sorted(waiting - {start})
    before, after = neighbours("abcdefgh", start, waiting=waiting)
    assert (before == "") == (after == "") == (not waiting - {start})
    assert after == "" or neighbours("abcdefgh", after, waiting={start, *waiting})[0] in {start, *waiting}
