"""The number and the check code on a document: short enough to type, made from randomness handed in.

The number (`9904-1182-0367-5`) names the document and says nothing about its holder; its last digit is Damm's
check digit, which notices every single wrong digit and every swap of neighbours. The code shows that one has
the paper: 8 letters and digits of 31 that are not mistaken for each other, about 39 bits, behind a cap.
"""

from panjereh_kernel.persian import to_ascii_digits
from panjereh_kernel.refusal import Refusal

ENTROPY_BYTES = 24
_SERIAL_DIGITS = 12
_CODE_LENGTH = 8
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
_GROUP = 4
# H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004: the quasigroup of order 10.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class SerialNotValid(Refusal):
    """The number is not one a document can have: digits are missing or one is wrong."""

    code = "document-number-not-valid"
    status = 422


def draw_numbers(entropy: bytes) -> tuple[str, str]:
    """Return a new number and check code from `ENTROPY_BYTES` random bytes."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"{ENTROPY_BYTES} random bytes are needed")
    # 96 bits each, so that no digit or letter is likelier than another by more than one in 2**55.
    first, second = (int.from_bytes(entropy[part : part + 12], "big") for part in (0, 12))
    digits = f"{first % 10**_SERIAL_DIGITS:0{_SERIAL_DIGITS}}"
    code = ""
    for _ in range(_CODE_LENGTH):
        second, letter = divmod(second, len(_CODE_LETTERS))
        code += _CODE_LETTERS[letter]
    return _grouped(digits + str(_damm(digits))), _grouped(code)


def read_serial(text: str) -> str:
    """Return the number somebody typed, in its one form. Raises `SerialNotValid`."""
    digits = "".join(filter(str.isalnum, to_ascii_digits(text)))
    if len(digits) != _SERIAL_DIGITS + 1 or not (digits.isascii() and digits.isdigit()) or _damm(digits):
        raise SerialNotValid
    return _grouped(digits)


def read_code(text: str) -> str:
    """Return the check code somebody typed, in its one form; what cannot be one simply matches nothing."""
    return _grouped("".join(filter(str.isalnum, to_ascii_digits(text))).upper())


def _grouped(text: str) -> str:
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
