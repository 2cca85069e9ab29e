"""Laws of the number and the code on a document."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panjereh.domain.documents.rules.numbers import (
    ENTROPY_BYTES,
    SerialNotValid,
    draw_numbers,
    read_code,
    read_serial,
)
from panjereh_kernel.persian import to_persian_digits

pytestmark = pytest.mark.django_db(databases=[])
entropies = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)


@given(entropies)
def test_a_number_is_read_as_it_was_drawn(entropy):
    serial, code = draw_numbers(entropy)

    assert read_serial(serial) == serial
    assert read_code(code) == code


@given(entropies)
def test_a_number_is_read_in_persian_digits_and_without_dashes(entropy):
    serial, _ = draw_numbers(entropy)

    assert read_serial(to_persian_digits(serial.replace("-", " "))) == serial


@given(entropies, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(entropy, place, shift):
    digits = list(draw_numbers(entropy)[0].replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)

    with pytest.raises(SerialNotValid):
        read_serial("".join(digits))


@given(entropies, st.integers(0, 11))
def test_swapped_neighbours_are_noticed(entropy, place):
    digits = list(draw_numbers(entropy)[0].replace("-", ""))
    assume(digits[place] != digits[place + 1])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]

    with pytest.raises(SerialNotValid):
        read_serial("".join(digits))


@pytest.mark.parametrize("text", ["", "9904", "9904-1182-0367-55", "9904-1182-o367-5", "²²²²-2222-2222-2"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(SerialNotValid):
        read_serial(text)


def test_a_code_is_read_in_small_letters():
    assert read_code("7kq2 m9tx") == "7KQ2-M9TX"


def test_too_little_randomness_is_a_bug():
    with pytest.raises(ValueError, match="24 random bytes"):
        draw_numbers(b"short")
