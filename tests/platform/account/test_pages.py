"""The account pages through HTTP, as a browser without scripts sees them."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import translation

from panjereh.config.environment import Profile
from panjereh.domain.people.models import Account, OneTimeCode, SignInChallenge
from panjereh.domain.people.rules import caps
from panjereh.plumbing import edge
from tests.platform.account.conftest import BACK


def test_somebody_with_account_signs_in_with_number_and_code(page, code, mina):
    assert page.begin().status_code == 302
    assert page.get().status_code == 200
    assert page.send(national_number="۹۹۹ ۰۰۰ ۰۰۱۸").headers["Location"] == page.step("code")
    assert page.get("code").status_code == 200
    assert page.send("code", code="۳۱۴ ۱۵۹").headers["Location"] == page.step("finish")

    answer = page.get("finish")

    assert answer.headers["Location"] == BACK
    [(verb, body)] = page.idp.told
    assert verb == "accept"
    assert body["account_id"] == str(mina.account_id)
    assert (body["acr"], body["ial"], body["amr"]) == (1, 1, ["otp", "sms"])


def test_somebody_new_signs_in_with_birth_date_and_phone(page, code, run_jobs):
    assert page.until_waiting().headers["Location"] == page.step("waiting")
    assert 'http-equiv="refresh"' in page.get("waiting").text

    run_jobs()

    assert page.get("waiting").headers["Location"] == page.step("code")
    assert "۰۹۸۰•••••۰۱" in page.get("code").text
    page.send("code", code=code)
    assert page.get("finish").headers["Location"] == BACK
    assert page.idp.told[0][1]["account_id"] == str(Account.objects.get().id)


def test_the_page_after_the_number_is_the_same_with_and_without_account(page, mina, client):
    page.until_code()
    known = page.get("code").text
    page.send(national_number="9990000026")
    unknown = page.get("code").text

    def plain(text):
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[۰-۹]{3}•+[۰-۹]{2}', "", text)

    assert plain(known) == plain(unknown)


def test_the_code_field_offers_the_code_of_the_text_message(page, mina):
    page.until_code()

    text = page.get("code").text

    assert 'autocomplete="one-time-code"' in text
    assert 'inputmode="numeric"' in text


@pytest.mark.parametrize(
    ("step", "fields", "field"),
    [
        ("", {"national_number": "9990000019"}, "national_number"),
        ("", {}, "national_number"),
        ("birth-date", {"day": "32", "month": "1", "year": "1369"}, "day"),
        ("birth-date", {"day": "1", "month": "13", "year": "1369"}, "month"),
        ("birth-date", {"day": "1", "month": "1", "year": "69"}, "year"),
        ("birth-date", {"day": "1", "month": "1", "year": "1499"}, "day"),
        ("mobile", {"mobile": "0980"}, "mobile"),
        ("code", {"code": "12345"}, "code"),
        ("code", {"code": "12345x"}, "code"),
        ("code", {"code": "000000"}, "code"),
    ],
)
def test_a_mistake_is_named_in_a_summary_that_leads_to_its_field(page, mina, step, fields, field):
    page.until_code()
    page.send("birth-date", day="21", month="2", year="1369")

    answer = page.send(step, **fields)

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert "aria-invalid" in answer.text


@pytest.mark.parametrize(
    ("step", "fields", "code"),
    [
        ("", {"national_number": "9990000019"}, "national-number-not-valid"),
        ("", {"national_number": "0499370899"}, "number-not-of-this-installation"),
        ("birth-date", {"day": "32", "month": "1", "year": "1369"}, "date-not-valid"),
        ("birth-date", {"day": "1", "month": "1", "year": "1499"}, "birth-date-ahead"),
        ("mobile", {"mobile": "0980"}, "mobile-not-valid"),
        ("mobile", {"mobile": "09121234567"}, "number-not-of-this-installation"),
        ("code", {"code": "12345"}, "code-malformed"),
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_each_mistake_has_a_sentence_of_its_own(page, mina, step, fields, code, language):
    page.idp.ui_locale = language
    page.until_code()
    page.send("birth-date", day="21", month="2", year="1369")

    said = page.send(step, **fields).text

    with translation.override(language):
        assert translation.gettext(f"refusal:{code}") in said


def test_a_wrong_code_says_how_often_it_may_still_be_typed(page, mina):
    page.idp.ui_locale = "en"
    page.until_code()

    assert "4" in page.send("code", code="000000").text.partition('id="code-error"')[2].partition("</p>")[0]


def test_a_code_that_ran_out_says_to_ask_for_another(page, mina, code, clock):
    page.idp.ui_locale = "en"
    page.until_code()
    clock.pass_time(minutes=3)

    assert "no longer valid. Ask for another one." in page.send("code", code=code).text


def test_a_sign_in_that_stood_open_too_long_is_over_and_can_be_begun_again(page, mina, code, clock):
    page.until_code()
    clock.pass_time(minutes=16)

    answer = page.send("code", code=code)

    assert answer.status_code == 410
    assert 'href="/sign-in"' in answer.text


def test_too_many_attempts_say_when_to_come_back(page, mina, monkeypatch):
    monkeypatch.setitem(caps.CAPS[caps.AttemptKind.WRONG_CODE], caps.AttemptScope.ACCOUNT, 1)
    page.idp.ui_locale = "en"
    page.until_code()
    page.send("code", code="000000")

    answer = page.send("code", code="000000")

    assert answer.status_code == 429
    assert "You can try again on" in answer.text
    assert "at 10:30" in answer.text


def test_an_identity_the_registers_do_not_confirm_leads_back_with_the_remedy(page, registers, run_jobs):
    registers.person["alive"] = False
    page.until_waiting()
    run_jobs()

    answer = page.get("waiting")

    assert answer.headers["Location"] == page.step("birth-date")
    assert 'class="alert"' in page.get("birth-date").text


def test_a_register_that_refuses_the_question_leads_back_with_a_true_sentence(page, registers, run_jobs):
    page.idp.ui_locale = "en"
    registers.denied = {"phone.ownership"}
    page.until_waiting()
    run_jobs()

    answer = page.get("waiting")

    assert answer.headers["Location"] == page.step("birth-date")
    said = page.get("birth-date").text
    assert "does not accept the question of this site" in said
    assert "does not answer just now" not in said


def test_a_confirmed_person_over_the_cap_of_codes_is_led_back_with_the_time(page, run_jobs, monkeypatch):
    monkeypatch.setitem(caps.CAPS[caps.AttemptKind.SEND], caps.AttemptScope.ACCOUNT, 1)
    page.until_waiting()
    run_jobs()

    assert 'class="alert"' in page.get("birth-date").text


def test_while_a_register_is_away_the_page_says_so_and_looks_again(page):
    page.until_waiting()
    SignInChallenge.objects.update(awaited_register="civil.person")

    answer = page.get("waiting")

    assert answer.status_code == 200
    assert 'class="note wait"' in answer.text


@pytest.mark.parametrize("step", ["birth-date", "mobile", "code", "waiting", "finish"])
def test_a_page_ahead_of_its_turn_leads_to_where_things_stand(page, step):
    page.begin()

    assert page.get(step).headers["Location"] == page.step("")


def test_the_back_button_to_the_number_works(page, mina):
    page.until_code()

    assert page.get("").status_code == 200
    assert page.send(national_number="9990000026").headers["Location"] == page.step("code")


def test_a_double_click_on_the_number_sends_one_code(page, mina):
    page.until_code()
    page.send(national_number="9990000018")

    assert OneTimeCode.objects.filter(challenge__login_challenge="login-challenge-of-mina").count() == 1


def test_a_double_click_on_the_code_signs_in_once(page, code, mina):
    page.until_code()
    page.send("code", code=code)

    assert page.send("code", code=code).headers["Location"] == page.step("finish")
    assert page.get("finish").headers["Location"] == BACK
    assert page.get("finish").status_code == 410
    assert len(page.idp.told) == 1


def test_an_old_page_sent_after_the_end_leads_to_the_end(page, code, mina):
    page.until_code()
    page.send("code", code=code)

    assert page.send(national_number="9990000018").headers["Location"] == page.step("finish")
    assert page.send("another-code").headers["Location"] == page.step("finish")
    assert page.send("cancel").headers["Location"] == page.step("finish")
    assert page.get("code").headers["Location"] == page.step("finish")


def test_two_tabs_are_two_sign_ins(page, code, mina):
    page.until_code()
    first = page.at
    page.begin("second-login")

    assert page.at != first
    page.send(national_number="9990000018")
    page.at = first
    assert page.get("code").status_code == 200


def test_the_same_tab_reloaded_is_the_same_sign_in(page):
    page.begin()
    first = page.at
    page.begin()

    assert page.at == first


def test_another_browser_finds_nothing(page, mina):
    page.until_code()
    page.client.cookies.clear()

    assert page.get("code").status_code == 404
    assert page.send("code", code="314159").status_code == 404


def test_a_browser_that_keeps_no_cookies_is_told_so(page):
    page.begin()
    page.client.cookies.clear()

    answer = page.get()

    assert answer.status_code == 404
    assert "cookies-needed" in answer.text
    assert "مجاز کنید" in answer.text


def test_another_code_is_sent_after_a_minute(page, mina, clock):
    page.until_code()
    clock.pass_time(seconds=61)

    assert page.send("another-code").headers["Location"] == page.step("code")
    assert OneTimeCode.objects.order_by("-ordinal")[0].ordinal == 2


def test_another_code_over_the_cap_is_refused_on_the_page(page, mina, clock, monkeypatch):
    monkeypatch.setitem(caps.CAPS[caps.AttemptKind.SEND], caps.AttemptScope.ACCOUNT, 1)
    page.until_code()
    clock.pass_time(seconds=61)

    answer = page.send("another-code")

    assert answer.status_code == 429
    assert '<a href="#code">' in answer.text


def test_cancelling_tells_the_identity_provider(page):
    page.begin()

    assert page.send("cancel").headers["Location"] == page.step("finish")
    assert page.get("finish").headers["Location"] == BACK
    assert page.idp.told == [("reject", {"error": "access_denied"})]


@pytest.mark.parametrize("step", ["", "code", "waiting", "finish"])
def test_after_a_quarter_of_an_hour_every_page_says_it_is_over(page, mina, clock, step):
    page.until_code()
    clock.pass_time(minutes=15)

    assert page.get(step).status_code == 410


@pytest.mark.parametrize("step", ["", "another-code", "cancel"])
def test_after_a_quarter_of_an_hour_no_form_is_taken(page, mina, clock, step):
    page.until_code()
    clock.pass_time(minutes=15)

    assert page.send(step, national_number="9990000018").status_code == 410


def test_a_login_challenge_that_is_over_begins_nothing(page):
    page.idp.open.clear()

    assert page.begin().status_code == 410
    assert not SignInChallenge.objects.exists()


def test_a_sign_in_that_ran_out_while_it_was_typed_is_not_taken(page, mina, clock, monkeypatch):
    page.until_code()
    ticks = iter([0])
    monkeypatch.setattr(edge, "now", lambda: clock.at + dt.timedelta(minutes=next(ticks, 15)))

    assert page.send("code", code="314159").status_code == 410


def test_a_stronger_sign_in_than_we_can_give_is_rejected_at_once(page):
    page.idp.acr = 2

    assert page.begin().headers["Location"] == BACK
    assert page.idp.told == [("reject", {"error": "unmet_authentication_requirements"})]


def test_the_pages_come_in_the_language_the_client_asked_for(page):
    page.idp.ui_locale = "en"
    page.begin()

    assert page.at.startswith("/en/account/sign-in/")
    assert "What is your national number?" in page.get().text


def test_the_practice_country_takes_no_real_numbers(page):
    page.begin()

    assert page.send(national_number="0012345679").status_code == 422


def test_production_takes_no_practice_numbers(page, monkeypatch):
    page.begin()
    monkeypatch.setattr(settings, "PANJEREH", replace(settings.PANJEREH, profile=Profile.PRODUCTION))

    assert page.send(national_number="9990000018").status_code == 422
