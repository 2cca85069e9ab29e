"""Practice numbers: recognisable by their prefix, right in form, never given twice.

The serial of a number is `index * STEP` modulo a prime just below the size of its space: a permutation, so
two people never share a number, and neighbours do not get neighbouring ones.
"""

from panjereh_kernel.identifiers import Mobile, NationalNumber, PostalCode, national_check_digit
from panjereh_land.draws import Draws

_STEP = 387_420_489
_PEOPLE = 999_983  # the largest primes below 10^6, 10^7 and 10^5
_MOBILES = 9_999_991
_PLACES = 99_991
MOST_PLACES = _PLACES - 1


def national_number(draws: Draws, index: int) -> str:
    """Return the national number of person `index` (0 to 999,981): 999, six digits, the check digit."""
    first_nine = f"{NationalNumber.PRACTICE_PREFIX}{_serial(draws, index, _PEOPLE, 'person'):06}"
    return first_nine + national_check_digit(first_nine)


def mobile(draws: Draws, index: int) -> str:
    """Return mobile number `index` (0 to 9,999,989) in international form, `+98980…`."""
    return f"{Mobile.PRACTICE_PREFIX}{_serial(draws, index, _MOBILES, 'mobile'):07}"


def postal_code(draws: Draws, index: int) -> str:
    """Return the postal code of place `index` (0 to 99,989): 99999 and five digits."""
    return f"{PostalCode.PRACTICE_PREFIX}{_serial(draws, index, _PLACES, 'place'):05}"


def _serial(draws: Draws, index: int, prime: int, kind: str) -> int:
    if not 0 <= index < prime - 1:
        raise ValueError(f"the practice country has no {kind} number {index}")
    return (index * _STEP + draws.below(prime, "numbers", kind)) % prime
