"""JSON from others: what no program can take is unreadable, and never an error of ours."""

import pytest

from panjereh_contracts.reading import UnreadableError, read_json


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"NaN",
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\ud800"}',
        b'{"\\uDC00": 1}',
    ],
)
def test_what_no_program_can_take_is_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_json(raw)


def test_text_beyond_the_first_plane_is_read() -> None:
    assert read_json(b'["\\ud83d\\ude00", "\\u06af"]') == ["\U0001f600", "گ"]
