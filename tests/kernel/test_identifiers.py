import csv
import dataclasses
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.identifiers import (
    Fault,
    ForeignerId,
    Installation,
    InvalidForeignerId,
    InvalidIdentifier,
    InvalidLegalPersonId,
    InvalidMobile,
    InvalidNationalNumber,
    InvalidPostalCode,
    InvalidServiceIdentifier,
    InvalidSheba,
    LegalPersonId,
    Mobile,
    NationalNumber,
    NumberNotOfThisInstallation,
    PostalCode,
    ServiceIdentifier,
    Sheba,
    iban_check_digits,
    legal_check_digit,
    national_check_digit,
    of_this_installation,
)
from panjereh_kernel.persian import to_persian_digits

ROOT = Path(__file__).resolve().parents[2]
VECTORS = json.loads((ROOT / "tests/vectors/identifiers.json").read_text("utf-8"))
KINDS = [NationalNumber, LegalPersonId, ForeignerId, PostalCode, Mobile, Sheba, ServiceIdentifier]
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
        ("999000000x", Fault.LETTERS),
        ("999000000²", Fault.LETTERS),
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


@pytest.mark.parametrize(
    ("name", "kind"),
    [("national_number", NationalNumber), ("legal_person_id", LegalPersonId), ("sheba", Sheba)],
)
def test_another_implementation_takes_the_same_numbers_for_right(name, kind):
    def is_taken(text):
        try:
            return kind.parse(text).value == text
        except InvalidIdentifier:
            return False

    assert [(text, is_taken(text)) for text, _ in VECTORS[name]] == [tuple(row) for row in VECTORS[name]]
    assert {taken for _, taken in VECTORS[name]} == {True, False}


def independent_legal_check(number):
    """The rule by its linearity: weights on the digits, and what the tenth adds through all of them."""
    *ten, last = map(int, number)
    weights = [29, 27, 23, 19, 17] * 2
    own = sum(digit * weight for digit, weight in zip(ten, weights, strict=True))
    return (own + (ten[9] + 2) * sum(weights)) % 11 % 10 == last


@pytest.mark.slow
@given(st.text(alphabet="0123456789", min_size=11, max_size=11))
def test_a_legal_person_is_accepted_exactly_when_the_independent_rule_accepts_it(digits):
    try:
        accepted = LegalPersonId.parse(to_persian_digits(digits)).value == digits
    except InvalidLegalPersonId:
        accepted = False

    assert accepted == (independent_legal_check(digits) and len(set(digits)) > 1)


@given(TEN_DIGITS)
def test_every_ten_digits_have_a_check_digit_of_a_legal_person(ten):
    assert independent_legal_check(ten + legal_check_digit(ten))


@pytest.mark.slow
@given(st.text(alphabet="0123456789", min_size=22, max_size=22), st.integers(0, 23), st.integers(1, 9))
def test_a_sheba_leaves_one_modulo_97_and_notices_every_wrong_digit(account, place, shift):
    sheba = Sheba.parse(iban_check_digits(account) + account)
    digits = sheba.value[2:]

    assert int(digits[2:] + "1827" + digits[:2]) % 97 == 1
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(InvalidSheba) as refused:
        Sheba.parse(wrong)
    assert refused.value.fault is Fault.CHECK_DIGIT


def test_a_sheba_is_read_in_groups_in_either_case_and_without_the_country():
    sheba = Sheba("IR" + iban_check_digits("999" + "0" * 18 + "1") + "999" + "0" * 18 + "1")

    written = [
        sheba.spaced,
        sheba.spaced.lower(),
        to_persian_digits(sheba.value[2:]),
        f"ir-{sheba.value[2:]}",
    ]
    assert {Sheba.parse(text) for text in written} == {sheba}
    assert sheba.bank_code == "999"


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (LegalPersonId, "99000000", Fault.LENGTH),
        (LegalPersonId, "9900000000a", Fault.LETTERS),
        (LegalPersonId, "77777777777", Fault.REPEATED),
        (LegalPersonId, "99000000000", Fault.CHECK_DIGIT),
        (ForeignerId, "1234567", Fault.LENGTH),
        (ForeignerId, "1" * 17, Fault.LENGTH),
        (ForeignerId, "12345678x", Fault.LETTERS),
        (PostalCode, "99999-1234", Fault.LENGTH),
        (PostalCode, "99999-1234O", Fault.LETTERS),
        (Mobile, "0980123456", Fault.LENGTH),
        (Mobile, "0980123456x", Fault.LETTERS),
        (Sheba, "IR12", Fault.LENGTH),
        (Sheba, "DE12999", Fault.LETTERS),
        (Sheba, "", Fault.LENGTH),
        (ServiceIdentifier, "1234567", Fault.LENGTH),
        (ServiceIdentifier, "123456789012", Fault.LENGTH),
        (ServiceIdentifier, "1234567A", Fault.LETTERS),
    ],
)
def test_a_refusal_tells_what_is_wrong_and_not_the_number(kind, text, fault):
    with pytest.raises(kind.REFUSAL) as refused:
        kind.parse(text)

    assert refused.value.facts() == {"fault": str(fault)}
    assert text not in str(refused.value) or not text


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (InvalidLegalPersonId, "legal-person-id-not-valid"),
        (InvalidForeignerId, "foreigner-id-not-valid"),
        (InvalidSheba, "sheba-not-valid"),
        (InvalidServiceIdentifier, "service-identifier-not-valid"),
    ],
)
def test_each_kind_has_its_code(refusal, code):
    assert (refusal.code, refusal(Fault.LENGTH).status) == (code, 422)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@given(st.text() | st.from_regex(r"(IR)?[0-9۰-۹ -]{6,28}", fullmatch=True))
def test_any_text_is_an_identifier_or_refused(kind, text):
    try:
        identifier = kind.parse(text)
    except InvalidIdentifier:
        return
    assert kind.parse(identifier.value) == identifier
    assert re.fullmatch(r"(IR|\+)?[0-9]+", identifier.value)


def test_a_postal_code_is_written_in_two_halves():
    assert PostalCode("9999912345").spaced == "99999-12345"


@pytest.mark.parametrize("written", ["+98 (0)980 123 4567", "0980.123.4567", "0098-980-1234567"])
def test_more_ways_to_write_a_mobile_number(written):
    assert Mobile.parse(written).value == "+989801234567"


def test_bank_codes_are_three_digits_each_once_and_none_is_the_practice_banks():
    with (ROOT / "data/iran/banks.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]

    assert all(re.fullmatch("[0-9]{3}", code) for code in codes)
    assert len(set(codes)) == len(codes) > 30
    assert Sheba.PRACTICE_PREFIX not in codes


@pytest.mark.parametrize("kind", KINDS)
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
    (LegalPersonId("9900000000" + legal_check_digit("9900000000")), "990••••••07"),
    (ForeignerId("999991234567"), "••••••••••67"),
    (Sheba("IR489991234567890123456789"), "IR48999•••••••••••••••6789"),
    (ServiceIdentifier("99991234000"), "99991234000"),
]
# Right in form and outside the practice ranges; whether anybody has them is not known.
REAL_LOOKING = [
    NationalNumber("1234567891"),
    PostalCode("1999912345"),
    Mobile("+989121234567"),
    LegalPersonId("1234567890" + legal_check_digit("1234567890")),
    ForeignerId("123456789012"),
    Sheba(f"IR{iban_check_digits('000' + '1' * 19)}000{'1' * 19}"),
    ServiceIdentifier("12345678"),
]


@pytest.mark.parametrize(("identifier", "masked"), PRACTICE)
def test_practice_identifiers_are_known_as_such_and_masked(identifier, masked):
    assert identifier.is_practice
    assert identifier.masked() == masked


@pytest.mark.parametrize("identifier", REAL_LOOKING)
def test_other_identifiers_are_not_practice(identifier):
    assert not identifier.is_practice


@pytest.mark.parametrize("identifier", [identifier for identifier, _ in PRACTICE])
def test_practice_numbers_stay_in_the_practice_country(identifier):
    assert of_this_installation(identifier, installation=Installation.PRACTICE) is identifier
    with pytest.raises(NumberNotOfThisInstallation) as refused:
        of_this_installation(identifier, installation=Installation.PRODUCTION)

    assert refused.value.facts() == {}
    assert refused.value.code == "number-not-of-this-installation"


@pytest.mark.parametrize("identifier", REAL_LOOKING)
def test_the_practice_country_learns_no_real_number(identifier):
    assert of_this_installation(identifier, installation=Installation.PRODUCTION) is identifier
    with pytest.raises(NumberNotOfThisInstallation):
        of_this_installation(identifier, installation=Installation.PRACTICE)


@pytest.mark.parametrize(
    "identifier", [identifier for identifier, _ in PRACTICE if not isinstance(identifier, ServiceIdentifier)]
)
def test_neither_repr_nor_str_shows_the_number(identifier):
    hidden = identifier.value[-8:-4]

    assert all(hidden not in shown for shown in (repr(identifier), str(identifier), f"{identifier}"))


def test_identifiers_are_values():
    same, other = NationalNumber("9990000018"), NationalNumber("1234567891")

    assert same == NationalNumber("9990000018")
    assert len({same, other, NationalNumber("9990000018")}) == len([same, other])
    with pytest.raises(dataclasses.FrozenInstanceError):
        same.value = other.value
    assert all(a != b for a, b in itertools.combinations([same, PostalCode("9990000018")], 2))
