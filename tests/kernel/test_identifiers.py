import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.identifiers import (
    Fault,
    InvalidIdentifier,
    InvalidMobile,
    InvalidNationalNumber,
    InvalidPostalCode,
    Mobile,
    NationalNumber,
    PostalCode,
    national_check_digit,
)
from panjereh_kernel.persian import to_persian_digits

TEN_DIGITS = st.text(alphabet="0123456789", min_size=10, max_size=10)


def independent_national_check(number: str) -> bool:
    """The rule written the other way round: the weighted sum of all ten digits, by weights 10 to 1."""
    if len(set(number)) == 1:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), number, strict=False))
    allowed = {0: "0", 1: "1"} | {rest: str(11 - rest) for rest in range(2, 11)}
    return allowed[total % 11] == number[9]


@pytest.mark.slow
@given(TEN_DIGITS)
def test_a_national_number_is_accepted_exactly_when_the_independent_rule_accepts_it(digits):
    try:
        accepted = NationalNumber.parse(digits).value == digits
    except InvalidNationalNumber:
        accepted = False

    assert accepted == independent_national_check(digits)


@pytest.mark.slow
@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_every_nine_digits_have_one_check_digit(nine):
    fitting = [digit for digit in "0123456789" if independent_national_check(nine + digit)]

    assert fitting in ([national_check_digit(nine)], [])


def remainder(number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), number, strict=False)) % 11


@pytest.mark.slow
@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_but_for_the_gap_of_the_rule(nine, place, shift):
    number = nine + national_check_digit(nine)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    # Remainders 1 and 10 both give the digit 1: the known gap of the rule itself.
    in_the_gap = {remainder(number), remainder(wrong)} == {1, 10}
    assert independent_national_check(wrong) <= in_the_gap


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.LENGTH),
        ("99900000", Fault.LENGTH),
        ("99900000011", Fault.LENGTH),
        ("999000000x", Fault.LENGTH),
        ("9999999999", Fault.REPEATED),
        ("9990000019", Fault.CHECK_DIGIT),
    ],
)
def test_a_wrong_national_number_is_refused_with_its_fault(text, fault):
    with pytest.raises(InvalidNationalNumber) as refused:
        NationalNumber.parse(text)

    assert refused.value.fault is fault
    assert refused.value.code == "national-number-not-valid"
    assert refused.value.facts() == {"fault": str(fault)}


def test_a_national_number_is_read_in_any_digits_with_spaces_and_dashes():
    number = "999000001" + national_check_digit("999000001")

    assert (
        NationalNumber.parse(f" {to_persian_digits(number[:3])}-{number[3:9]} {number[9]}\u200f").value
        == number
    )


@pytest.mark.parametrize("kind", [NationalNumber, PostalCode, Mobile])
def test_the_constructor_holds_no_wrong_value(kind):
    with pytest.raises(InvalidIdentifier):
        kind("۱۲")


@pytest.mark.parametrize(
    "written",
    ["09801234567", "9801234567", "+989801234567", "00989801234567", "989801234567", "۰۹۸۰ ۱۲۳ ۴۵۶۷"],
)
def test_a_mobile_number_is_stored_in_one_form(written):
    mobile = Mobile.parse(written)

    assert mobile.value == "+989801234567"
    assert mobile.national == "09801234567"


@pytest.mark.parametrize("written", ["", "0980123456", "08801234567", "+449801234567", "098012345678", "abc"])
def test_a_wrong_mobile_number_is_refused(written):
    with pytest.raises(InvalidMobile) as refused:
        Mobile.parse(written)

    assert refused.value.code == "mobile-not-valid"


@pytest.mark.slow
@given(TEN_DIGITS)
def test_any_ten_digits_are_a_postal_code(digits):
    assert PostalCode.parse(to_persian_digits(digits[:5]) + "-" + digits[5:]).value == digits


@pytest.mark.parametrize("written", ["", "123456789", "12345678901", "12345abcde"])
def test_a_wrong_postal_code_is_refused(written):
    with pytest.raises(InvalidPostalCode) as refused:
        PostalCode.parse(written)

    assert refused.value.code == "postal-code-not-valid"


PRACTICE = [
    (NationalNumber("9990000018"), "999•••••18"),
    (PostalCode("9999912345"), "99999•••••"),
    (Mobile("+989801234567"), "0980•••••67"),
]
REAL_LOOKING = [NationalNumber("1234567891"), PostalCode("1999912345"), Mobile("+989121234567")]


@pytest.mark.parametrize(("identifier", "masked"), PRACTICE)
def test_practice_identifiers_are_known_as_such_and_masked(identifier, masked):
    assert identifier.is_practice
    assert identifier.masked() == masked


@pytest.mark.parametrize("identifier", REAL_LOOKING)
def test_other_identifiers_are_not_practice(identifier):
    assert not identifier.is_practice


@pytest.mark.parametrize("identifier", [identifier for identifier, _ in PRACTICE])
def test_neither_repr_nor_str_shows_the_number(identifier):
    hidden = identifier.value[-6:-2]

    assert all(hidden not in shown for shown in (repr(identifier), str(identifier), f"{identifier}"))


def test_identifiers_are_values():
    same, other = NationalNumber("9990000018"), NationalNumber("1234567891")

    assert same == NationalNumber("9990000018")
    assert len({same, other, NationalNumber("9990000018")}) == len([same, other])
    with pytest.raises(dataclasses.FrozenInstanceError):
        same.value = other.value
    assert all(a != b for a, b in itertools.combinations([same, PostalCode("9990000018")], 2))
