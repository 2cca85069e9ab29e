"""Pages of the laboratory of indices: what they say follows from the published values alone."""

import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from panjereh.domain.indices import api as indices
from panjereh.web.oversight.indices import reading, views
from panjereh.web.oversight.indices.why import paragraphs_of
from tests.platform.people.desk import fresh_id

WHAT_IF = "/en/indices/what-if/"


@pytest.fixture
def shown(client: Client, published: Path) -> Callable[..., str]:
    """Return the text of a page, its marks taken out."""

    def text(path: str, status: int = 200, **query: object) -> str:
        answer = client.get(path, query)
        assert answer.status_code == status
        return words_of(answer.content.decode())

    return text


def words_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def keep(client: Client, **typed: str) -> str:
    asked = {"id": str(fresh_id()), "country": "IRN", "edition": "2024", "osi": "0.7209", "title": "فرض من"}
    answer = client.post("/en/indices/what-if/keep/", asked | typed)
    assert answer.status_code == 302
    return answer["Location"]


def test_the_first_page_says_where_the_country_stands(shown: Callable[..., str]):
    page = shown("/indices/")

    assert "۱۰۱ از ۱۹۳" in page
    assert "۱۰ پله بدتر" in page
    assert "۱۶۴ از ۱۹۳" in page
    assert "۳ پله بهتر" in page


def test_a_country_has_every_edition_with_its_published_rank(shown: Callable[..., str]):
    page = shown("/en/indices/countries/IRN/")

    assert "2020 0.6593 0.5882 0.6210 0.7686 0.4643" in page
    assert "2020 89 92 81 77 118" in page
    assert "2003 107 108 87 105 102" in page


@pytest.mark.parametrize("path", ["/indices/countries/IRN/", "/indices/compare/", "/indices/what-if/"])
def test_countries_are_offered_in_the_order_of_the_persian_alphabet(
    client: Client, published: Path, path: str
):
    page = client.get(path).content.decode()

    offered = re.findall(r'<option value="[A-Z]{3}"[^>]*>([^<]+)', page)
    assert offered.index("بحرین") < offered.index("پاکستان") < offered.index("تونس")
    assert offered.index("چین") < offered.index("سوئد") < offered.index("کانادا") < offered.index("لبنان")


def test_a_name_of_a_country_is_spelled_like_all_words_of_the_pages(shown: Callable[..., str]):
    page = shown("/indices/countries/IRN/")

    assert "امارات متحده عربی" in page
    assert "\N{ARABIC HAMZA ABOVE}" not in page


def test_an_edition_is_shown_fifty_states_at_a_time(shown: Callable[..., str], client: Client):
    first, last = shown("/en/indices/editions/2024/"), shown("/en/indices/editions/2024/", **{"from": 150})

    assert "very high 76 high 62 middle 44 low 11" in first
    assert "Denmark 1 0.9847" in first
    assert "Further ranks" in first
    assert "Further ranks" not in last
    assert "193" in last
    for wrong in ("193", "-1", "x", "٣", "99999"):
        assert client.get("/en/indices/editions/2024/", {"from": wrong}).status_code == 404


def test_every_step_of_a_figure_is_shown_and_a_tie_is_explained(shown: Callable[..., str]):
    page = shown("/en/indices/editions/2020/HUN/")

    assert "One more than the number of states with a greater value: 50 states have one." in page
    assert "The same published value: Croatia." in page
    assert "as published, but for a tie" in page
    assert "The survey published rank 52" in page
    assert "panjereh figures verify egdi --country HUN --edition 2020" in page


def test_a_fault_of_the_source_is_named(shown: Callable[..., str]):
    assert "the source contradicts itself" in shown("/en/indices/editions/2008/KHM/")


def test_the_points_behind_a_part_are_shown(shown: Callable[..., str]):
    assert "39 84 = 0.46429" in shown("/en/indices/editions/2020/IRN/", part="epi")


def test_why_is_a_paragraph_made_from_the_numbers(shown: Callable[..., str]):
    page = shown("/indices/why/IRN/2020/2024/")

    assert "شاخص ایران از ۲۰۲۰ تا ۲۰۲۴ به اندازه ۰٫۰۰۲۹ پایین رفت: از ۰٫۶۵۹۳ به ۰٫۶۵۶۴." in page
    assert "رتبه آن ۱۲ پله بدتر شد: از ۸۹ به ۱۰۱." in page
    assert "خدمات برخط ۰٫۰۷۰۳ از شاخص کم کرد" in page
    assert "زیرساخت مخابراتی ۰٫۰۹۲۶ به شاخص افزود" in page
    assert "حرکت دیگران آن را ۱۱ پله پایین برد، و حرکت خودش ۱ پله پایین برد." in page
    assert "این دو دوره یک چیز را نمی‌سنجند؛" in page


def test_why_says_better_where_it_is_better(shown: Callable[..., str]):
    page = shown("/en/indices/why/IRN/2016/2018/")

    assert "Its rank rose by 20 places, from 106 to 86." in page
    assert "the movement of the others" in page


def test_two_editions_in_the_wrong_order_are_put_in_order(client: Client, published: Path):
    answer = client.get("/en/indices/why/", {"country": "IRN", "before": "2024", "after": "2020"})

    assert answer["Location"] == "/en/indices/why/IRN/2020/2024/"
    assert client.get("/en/indices/why/IRN/2024/2020/").status_code == 404
    # a state that joined later was ranked in few editions
    assert client.get("/en/indices/why/SSD/2003/2024/").status_code == 404


def test_countries_stand_beside_each_other_and_their_regions(shown: Callable[..., str], client: Client):
    page = shown("/en/indices/compare/", country=["IRN", "TUR", ""], edition="2020")

    assert "Iran (Islamic Republic of) 89 0.6593" in page
    assert "mean: Southern Asia" in page
    assert "mean: Western Asia" in page
    assert client.get("/en/indices/compare/", {"country": "XXX"}).status_code == 404
    assert client.get("/en/indices/compare/", {"country": "IRN\0"}).status_code == 404


def test_a_what_if_without_a_change_changes_nothing(shown: Callable[..., str]):
    page = shown(WHAT_IF)

    assert "101 of 193 no change" in page
    assert "0.65639" in page
    assert "Keep it under an address" not in page


@pytest.mark.parametrize("typed", ["0.7209", "۰٫۷۲۰۹", "0/7209"])
def test_a_what_if_gives_the_rank_of_other_values_in_any_digits(shown: Callable[..., str], typed: str):
    page = shown(WHAT_IF, osi=typed)

    assert "71 of 193 30 places better" in page


def test_a_what_if_says_what_places_would_take(shown: Callable[..., str]):
    page = shown(WHAT_IF, edition="2020", places="30")

    assert "Rank 59 needs the index 0.7399, which Albania has: 0.0806 more than published." in page
    assert "Online services 0.5882 0.8300 possible" in page
    assert "Human capital 0.7686 1.0104 not possible" in page


def test_caps_costs_and_weights_are_taken_into_account(shown: Callable[..., str]):
    capped = shown(WHAT_IF, cap_osi="0.4", cap_tii="0.9", cap_hci="0.7")
    weighted = shown(WHAT_IF, weight_osi="0", weight_tii="1", weight_hci="0")

    assert "Not possible under these caps" in capped
    assert re.search(r"0.898\d\d published: 0.65639", weighted)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("osi", "1.2"),
        ("osi", "nan"),
        ("osi", "0.50000000000000"),
        ("places", "nan"),
        ("places", "1.5"),
        ("places", "500"),
        ("cost_tii", "0"),
    ],
)
def test_a_number_that_is_none_is_said_at_its_field_and_nothing_is_computed(
    client: Client, published: Path, field: str, typed: str
):
    answer = client.get(WHAT_IF, {field: typed, "weight_osi": "33"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert f"You typed {typed}." in page
    assert "Nothing was computed" in page


def test_weights_that_are_all_nought_are_refused(shown: Callable[..., str]):
    page = shown(WHAT_IF, 422, weight_osi="0", weight_tii="0", weight_hci="0")

    assert "At least one weight must be greater than nought." in page


def test_a_what_if_is_kept_under_an_address_and_compared(client: Client, published: Path):
    one, other = keep(client), keep(client, title="فرض دیگر", osi="0.5", weight_osi="50", edition="2020")

    answer = client.get(one, {"with": other.split("/")[-2]})

    page = words_of(answer.content.decode())

    assert "فرض من" in page
    assert "فرض دیگر: published 0.6593 فرض دیگر" in page
    assert "They are of different editions" in page
    assert f"?with={other.split('/')[-2]}" in answer.content.decode()
    assert re.search(r"Online services 0.72090 0.7709\d 71 30 places better", page)


def test_a_kept_what_if_leads_back_to_its_question_whatever_its_weights(client: Client, published: Path):
    kept = keep(client, weight_osi="1", weight_tii="2", weight_hci="4")

    question = re.search(
        r'href="(/en/indices/what-if/\?[^"]*weight_osi[^"]+)"', client.get(kept).content.decode()
    )

    assert question is not None
    assert client.get(unescape(question[1])).status_code == 200


def test_a_raw_indicator_moves_its_part_by_an_estimate_that_says_so(
    shown: Callable[..., str], client: Client
):
    asked = {"edition": "2022", "raw_internet_users": "100"}

    page = shown(WHAT_IF, **asked)
    kept = words_of(client.get(keep(client, osi="", **asked)).content.decode())

    assert "estimate between rank" in page
    assert "Fitted on 184 states; it explains 96.3% of what was published" in page
    assert "internet users 100.00" in kept
    assert "estimate between rank" in kept


def test_a_raw_value_above_the_cap_changes_nothing(shown: Callable[..., str]):
    page = shown(WHAT_IF, edition="2022", raw_mobile="200")

    assert "The method counts no more of this indicator: nothing changes." in page
    assert "91 of 193 no change" in page


def test_a_part_is_changed_itself_or_by_its_indicators(shown: Callable[..., str]):
    page = shown(WHAT_IF, 422, edition="2022", raw_mobile="100", tii="0.8")

    assert "Change either Telecommunication infrastructure or its raw indicators, not both." in page
    assert "internet users must be a number from 0 to 100." in shown(
        WHAT_IF, 422, edition="2022", raw_internet_users="101"
    )


def test_where_nothing_can_be_estimated_it_says_why(shown: Callable[..., str]):
    page, of_another = shown(WHAT_IF, edition="2022"), shown(WHAT_IF, edition="2022", country="PRK")

    # of human capital the tests have the indicators of Iran alone
    assert "Too few states have public values of its indicators in this edition" in page
    assert "Not all public indicators are known of this state" in of_another


def test_other_weights_inside_online_services_act_on_the_answers_alone(shown: Callable[..., str]):
    usual = shown(WHAT_IF, edition="2024")
    other = shown(WHAT_IF, edition="2024", share_SP="90", share_IF="0")

    assert "101 of 193 no change" in other
    assert "institutional framework 90 26 not possible" in usual
    assert "provision of services 46 59 possible" in usual
    # a group without weight has no yardstick; one of two thirds instead of .45 takes fewer answers
    assert "institutional framework 90" not in other
    assert "provision of services 31 59 possible" in other


def test_asked_while_somebody_types_only_the_result_comes(client: Client, published: Path):
    live = client.get(WHAT_IF, {"osi": "0.7209"}, headers={"HX-Request": "true"})
    whole = client.get(WHAT_IF, {"osi": "0.7209"})
    faulty = client.get(WHAT_IF, {"osi": "7"}, headers={"HX-Request": "true"})

    assert live.content.lstrip().startswith(b'<section id="result"')
    assert "71 of 193 30 places better" in words_of(live.content.decode())
    assert "Rank 71 of 193, index 0.7709" in words_of(live.content.decode())
    assert (live["Cache-Control"], "HX-Request" in live["Vary"]) == ("no-store", True)
    assert "HX-Request" in whole["Vary"]
    assert "connect-src 'self'" in whole["Content-Security-Policy"]
    assert "You typed 7." in words_of(faulty.content.decode())


def test_a_form_sent_twice_keeps_one_what_if(client: Client, published: Path):
    same = str(fresh_id())

    assert keep(client, id=same) == keep(client, id=same)


def test_what_cannot_be_kept_is_said(client: Client, published: Path):
    asked = {"id": str(fresh_id()), "country": "IRN", "edition": "2024", "osi": "0.7209", "title": " "}

    assert client.post("/en/indices/what-if/keep/", asked).status_code == 422
    assert client.post("/en/indices/what-if/keep/", asked | {"id": "x"}).status_code == 404
    assert "osi=7" in client.post("/en/indices/what-if/keep/", asked | {"osi": "7"})["Location"]


def test_a_code_of_nobody_leads_nowhere(client: Client, published: Path):
    one = keep(client)

    assert client.get("/en/indices/scenarios/nobodys-one/").status_code == 404
    assert client.get(one, {"with": "a\0b"}).status_code == 404


def test_both_targets_show_the_verdict_of_the_editions(shown: Callable[..., str]):
    page = shown("/en/indices/targets/")

    assert page.count("Verdict of the editions: missed.") == 4  # as text and in the drawing, for each
    assert "from rank 89 (2020) to 59" in page
    assert "from rank 118 (2020) to 88" in page
    assert "edition 2024: rank 101" in page


def test_the_method_names_what_is_not_confirmed_and_what_is_not_reproduced(shown: Callable[..., str]):
    page = shown("/en/indices/method/")

    assert "unconfirmed" in page
    assert page.count("a tie of the published digits") == 4
    assert page.count("a fault of the source") == 2


def test_what_compares_editions_is_absent_before_any_was_brought_in(
    client: Client, published: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(indices, "edition_tables", lambda _: ())

    assert client.get("/en/indices/compare/").status_code == 404


def test_who_was_never_ranked_has_nothing_to_explain(client: Client, published: Path):
    assert client.get("/en/indices/why/", {"country": "ABW"}).status_code == 404


def test_one_edition_alone_has_nothing_to_explain(
    client: Client, published: Path, monkeypatch: pytest.MonkeyPatch
):
    latest = indices.edition_tables("egdi")[-1:]
    monkeypatch.setattr(reading, "tables", lambda: latest)

    assert client.get("/en/indices/why/", {"country": "IRN"}).status_code == 404


def test_between_an_edition_and_itself_nothing_moved(published: Path):
    latest = indices.edition_table("egdi", "2024")

    with translation.override("en"):
        said = " ".join(paragraphs_of(indices.explain_change(latest, latest, "IRN")))

    assert "stayed at 0.6564. Its rank stayed at 101." in said
    assert "It passed no state, and none passed it." in said


@pytest.mark.parametrize(
    ("is_so", "said"),
    [
        (lambda rank: rank.passed and not rank.passed_by, "and was passed by none."),
        (lambda rank: rank.passed and rank.passed_by, "and was passed by"),
        (lambda rank: rank.by_others > 0, "the movement of the others gave it"),
        (lambda rank: rank.by_own > 0, "its own movement gave"),
    ],
)
def test_who_passed_whom_and_who_moved_is_said_as_it_was(
    published: Path, is_so: Callable[[indices.RankMoves], bool], said: str
):
    tables = indices.edition_tables("egdi")
    changes = (
        indices.explain_change(before, after, iso3)
        for before, after in pairwise(tables)
        for iso3 in after.ranked
        if iso3 in before.ranked
    )
    found = next(each for each in changes if is_so(each.rank))

    with translation.override("en"):
        assert said in " ".join(paragraphs_of(found))


def test_the_first_page_shows_what_was_promised_and_its_verdict(shown: Callable[..., str]):
    page = shown("/en/indices/")

    assert "Thirty places in e-government 101 promised: 59 or better missed" in page
    assert "Thirty places in e-participation 164 promised: 88 or better missed" in page
    assert "Why the rank moved from 2020 to 2024" in page


def test_a_target_says_who_fixed_its_thresholds_when_and_that_late_ones_soften_nothing(
    shown: Callable[..., str],
):
    page = shown("/en/indices/targets/")

    assert page.count("fixed by the operator of this platform on Sunday 1 Azar 1405") == 2
    assert page.count("after the period had begun, so they soften nothing") == 2
    assert page.count("missed; red") == 2


def test_the_path_stands_in_the_table_beside_its_drawing(shown: Callable[..., str]):
    page = shown("/en/indices/targets/")

    assert "2024 101 67.2 2022 91 82.2 2020 89 89.0" in page


@pytest.mark.parametrize("home", ["TUV", "ABW"])
def test_an_installation_of_another_country_begins_with_that_country(
    client: Client, published: Path, monkeypatch: pytest.MonkeyPatch, home: str
):
    monkeypatch.setattr(views, "HOME", home)

    first = words_of(client.get("/en/indices/", follow=True).content.decode())

    # Aruba is no member of the United Nations and was never ranked: the list of all states is its first page
    assert ("Tuvalu in the e-government survey" in first) == (home == "TUV")
    assert first.count("By rank") == (home == "ABW")
    assert client.get("/en/indices/compare/").status_code == 200
    assert "What was promised The verdict" not in first


def test_a_part_whose_raw_values_nobody_has_is_not_called_recomputed(shown: Callable[..., str]):
    page = shown("/en/indices/editions/2024/IRN/", part="tii")

    assert "rank computed, value not recomputed" in page
    assert "every step gives the published figure" not in page


def test_a_figure_can_be_followed_with_pencil_and_spreadsheet(shown: Callable[..., str]):
    page = shown("/en/indices/editions/2020/IRN/")

    assert "Online services 1/3 0.58820 0.196067" in page
    assert "rounding of the published parts explains up to 0.00004" in page
    assert "Values of all states in 2020 (CSV)" in page


def test_the_list_of_an_edition_leads_to_the_country(client: Client, published: Path):
    page = client.get("/en/indices/editions/2024/").content.decode()

    assert 'href="?from=100#IRN"' in page
    assert 'id="IRN"' in client.get("/en/indices/editions/2024/", {"from": "100"}).content.decode()


def test_a_value_beyond_its_own_scale_is_named_where_the_number_is_made(shown: Callable[..., str]):
    page = shown("/en/indices/editions/2003/FSM/")

    assert "Human capital: the source published 1.4220, beyond its own scale of 0 to 1." in page


def test_a_country_that_the_edition_did_not_rank_lends_its_mark_to_no_mean(client: Client, published: Path):
    page = client.get("/en/indices/compare/", {"country": ["IRN", "SSD"], "edition": "2003"}).content.decode()

    assert page.count('<tr role="row" class="on">') == 1


def test_the_last_state_is_asked_for_one_place_at_least(shown: Callable[..., str]):
    page = shown(WHAT_IF, 422, country="SSD", edition="2022", places="0")

    assert "The places must be a whole number from 1 to 192." in page
    assert "rank" in shown(WHAT_IF, country="SSD", edition="2022", places="1")


def test_an_explanation_tells_no_gift_of_nothing(published: Path):
    before, after = (indices.edition_table("egdi", each) for each in ("2018", "2020"))

    with translation.override("en"):
        told = {
            iso3: " ".join(paragraphs_of(indices.explain_change(before, after, iso3)))
            for iso3 in after.ranked
        }

    assert "Human capital stayed at 1.0000 and did not move the index" in told["AUS"]
    assert not [iso3 for iso3, text in told.items() if re.search("gave the index 0.0000|took 0.0000", text)]


def test_an_explanation_says_where_it_counts_otherwise_than_the_survey(published: Path):
    before, after = (indices.edition_table("egdi", each) for each in ("2020", "2022"))

    with translation.override("en"):
        told = {
            iso3: " ".join(paragraphs_of(indices.explain_change(before, after, iso3)))
            for iso3 in before.ranked
        }

    assert {iso3 for iso3, text in told.items() if "the survey published rank" in text} == {
        "AND",
        "HUN",
        "MKD",
        "TLS",
    }
    assert "For 2020 the survey published rank 52; by the published values it is 51" in told["HUN"]
