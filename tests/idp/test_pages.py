"""The pages of the provider itself: whole, and in both languages."""

import base64
import hashlib

import pytest

from panjereh_idp.adapters.pages import page, style_source


@pytest.mark.parametrize(
    ("name", "persian", "english"),
    [
        ("error", "ورود انجام نشد", "Sign-in could not be completed"),
        ("signed_out", "خارج شدید", "You have signed out"),
        ("unavailable", "ورود در دسترس نیست", "Sign-in is not available"),
    ],
)
def test_a_page_speaks_both_languages(name: str, persian: str, english: str) -> None:
    shown = page(name)

    assert f"<title>{persian} — {english}</title>" in shown
    assert "$" not in shown


def test_a_page_gives_its_reason_once_it_has_one() -> None:
    assert "<code>request-expired</code>" in page("error", reason="request-expired")
    assert "<code>" not in page("error")


def test_a_reason_is_text_and_never_markup() -> None:
    assert "<b>" not in page("error", reason="<b>")


def test_the_only_style_a_browser_takes_is_the_one_in_the_page() -> None:
    style = page("error").split("<style>")[1].split("</style>")[0]

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert style_source() == f"'sha256-{digest}'"
