"""Wrapping keys in a security module, on a real one in software (SoftHSM): away, slow, refusing, lost."""

import contextlib
import ctypes
import dataclasses
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pkcs11
import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.core.management import CommandError, call_command
from pkcs11.constants import Attribute

from panjereh.plumbing import sealing
from panjereh.plumbing.models import SubjectKey
from panjereh.plumbing.token_address import TokenAddress, read_labels
from panjereh.plumbing.token_keys import TokenAway, TokenKeys, TokenPinRefused
from panjereh.plumbing.wrapping import HeldKeys, WrappingKeyMissing, key_id

MODULES = [Path("/usr/lib/softhsm/libsofthsm2.so"), *Path("/usr/lib").glob("*/softhsm/libsofthsm2.so")]
TOKEN, PIN, OTHER_PIN = "people", "1357", "2468"
OLD, DRAWN = b"w" * 32, b"k" * 32
# Takes the lock that the token's files are read under, says so, and keeps it until it is told to let go.
_HOLD = """
import fcntl, pathlib, sys
files = [open(path, "r+b") for path in pathlib.Path(sys.argv[1]).rglob("*") if path.is_file()]
for file in files:
    fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenAddress]:
    module = next((path for path in MODULES if path.exists()), None)
    if module is None:
        pytest.skip("SoftHSM is not installed: apt-get install softhsm2")
    tokens = tmp_path / "tokens"
    tokens.mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", encoding="ascii")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    softhsm = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", PIN]
    subprocess.run(softhsm, check=True, capture_output=True)
    (tmp_path / "pin").write_text(f"{PIN}\n", encoding="ascii")
    yield TokenAddress(module, TOKEN, tmp_path / "pin")
    with contextlib.suppress(pkcs11.PKCS11Error):
        pkcs11.lib(str(module)).finalize()


@pytest.fixture
def made(address: TokenAddress) -> TokenKeys:
    keys = TokenKeys(address, ["new", "old"])
    assert keys.make_key("new")
    assert keys.make_key("old")
    return keys


@contextlib.contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.communicate(timeout=10)


def lose_sessions(address: TokenAddress) -> None:
    """End every session of this program behind the back of whoever holds one, as a restarted token does."""
    slot = pkcs11.lib(str(address.module)).get_token(token_label=TOKEN).slot.slot_id
    assert ctypes.CDLL(str(address.module)).C_CloseAllSessions(ctypes.c_ulong(slot)) == 0


def in_the_end(ask: Callable[[], bytes]) -> bytes:
    for _ in range(50):
        with contextlib.suppress(TokenAway):
            return ask()
    raise TokenAway


def set_pin(address: TokenAddress, old: str, new: str) -> None:
    library = pkcs11.lib(str(address.module))
    library.reinitialize()
    with library.get_token(token_label=TOKEN).open(rw=True, user_pin=old) as session:
        session.set_pin(old, new)


def test_a_key_wrapped_in_the_token_opens_with_the_key_it_names_and_no_other(made, address):
    name, wrapped = made.wrap(DRAWN)
    _, again = made.wrap(DRAWN)

    assert name == "new"
    assert made.unwrap("new", wrapped) == made.unwrap("new", again) == DRAWN
    assert wrapped != again
    with pytest.raises(InvalidUnwrap):
        made.unwrap("old", wrapped)
    with pytest.raises(WrappingKeyMissing):
        TokenKeys(address, ["old"]).unwrap("new", wrapped)


def test_what_was_altered_does_not_open(made):
    name, wrapped = made.wrap(DRAWN)

    for altered in (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), wrapped[:20], b""):
        with pytest.raises(InvalidUnwrap):
            made.unwrap(name, altered)


def test_a_key_made_in_the_token_never_comes_out(made, address):
    made.wrap(DRAWN)
    token = pkcs11.lib(str(address.module)).get_token(token_label=TOKEN)

    with token.open() as session:
        keys = [key for key in session.get_objects() if key.label in {"new", "old"}]
        flags = [(key[Attribute.SENSITIVE], key[Attribute.EXTRACTABLE]) for key in keys]
        with pytest.raises(pkcs11.AttributeSensitive):
            _ = keys[0][Attribute.VALUE]

    assert flags == [(True, False)] * 2


def test_a_label_without_a_key_in_the_token_is_told(made, address):
    with pytest.raises(WrappingKeyMissing, match="0 keys absent"):
        TokenKeys(address, ["absent"]).wrap(DRAWN)


def test_a_lost_session_is_replaced_unnoticed(made, address):
    name, wrapped = made.wrap(DRAWN)

    lose_sessions(address)

    assert made.unwrap(name, wrapped) == DRAWN


def test_a_token_that_is_away_is_told_and_found_again(made, address, tmp_path):
    name, wrapped = made.wrap(DRAWN)
    lose_sessions(address)
    (tmp_path / "tokens").rename(tmp_path / "away")
    with pytest.raises(TokenAway):
        made.unwrap(name, wrapped)

    (tmp_path / "away").rename(tmp_path / "tokens")

    assert made.unwrap(name, wrapped) == DRAWN


def test_a_module_that_cannot_be_loaded_is_a_token_away(address, tmp_path):
    with pytest.raises(TokenAway):
        TokenKeys(dataclasses.replace(address, module=tmp_path / "no.so"), ["new"]).wrap(DRAWN)


def test_a_token_that_is_slow_keeps_nobody_waiting(made, address, tmp_path):
    name, wrapped = made.wrap(DRAWN)
    hurried = TokenKeys(address, ["new"], patience=0.2)

    with held_by_another(tmp_path / "tokens"), pytest.raises(TokenAway):
        hurried.unwrap(name, wrapped)

    # By itself, as soon as the call that was abandoned has come back.
    assert in_the_end(lambda: hurried.unwrap(name, wrapped)) == DRAWN


def test_a_refused_pin_is_not_tried_again_until_its_file_changes(made, address):
    """A token locks itself after a few; so this one is given the PIN meanwhile, and would take it."""
    name, wrapped = made.wrap(DRAWN)
    address.pin_file.write_text(OTHER_PIN, encoding="ascii")
    keys = TokenKeys(address, ["new"])
    with pytest.raises(TokenPinRefused):
        keys.unwrap(name, wrapped)
    set_pin(address, PIN, OTHER_PIN)

    with pytest.raises(TokenPinRefused):
        keys.unwrap(name, wrapped)

    set_pin(address, OTHER_PIN, PIN)
    address.pin_file.write_text(PIN, encoding="ascii")
    assert keys.unwrap(name, wrapped) == DRAWN


@pytest.mark.parametrize("text", ["", "file", "Upper", "a b a", "0123456789abcdef", "longer-than-an-id"])
def test_what_are_no_labels_is_refused(text):
    with pytest.raises(ValueError, match=r"label|key"):
        read_labels(text)


@pytest.fixture
def hold(settings, address) -> Callable[..., None]:
    def arranged(labels: str, *, keys: tuple[bytes, ...] | None = (OLD,)) -> None:
        settings.PANJEREH = dataclasses.replace(
            settings.PANJEREH,
            wrapping_key_file=keys,
            wrapping_module=address.module,
            wrapping_token=address.token,
            wrapping_pin_file=address.pin_file,
            wrapping_labels=read_labels(labels),
        )

    return arranged


def keys_command(*words: str) -> str:
    out = io.StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_people_move_from_the_file_into_the_token_while_both_are_held(hold):
    hold("file vault")
    keys_command("make", "vault")
    sealed = {UUID(int=n): sealing.seal(UUID(int=n), "name", f"person {n}") for n in range(1, 4)}
    hold("vault")
    late = sealing.seal(UUID(int=9), "name", "came meanwhile")

    keys_command("rotate", "--batch", "2")
    keys_command("retire", key_id(OLD))

    hold("vault", keys=None)
    assert [sealing.unseal(who, "name", what) for who, what in sealed.items()] == [
        f"person {n}" for n in range(1, 4)
    ]
    assert sealing.unseal(UUID(int=9), "name", late) == "came meanwhile"
    assert set(SubjectKey.objects.order_by("owner_id").values_list("wrapping_key_id", flat=True)) == {"vault"}


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_a_rotation_that_loses_the_token_changes_nothing_and_says_so(hold, tmp_path):
    hold("file vault")
    keys_command("make", "vault")
    sealing.seal(UUID(int=1), "name", "person")
    hold("vault")
    (tmp_path / "tokens").rename(tmp_path / "away")

    with pytest.raises(CommandError, match="key-token-away"):
        keys_command("rotate")

    assert SubjectKey.objects.get().wrapping_key_id == key_id(OLD)


def test_a_key_is_made_once_and_only_under_a_label_that_is_set(hold):
    hold("vault")
    keys_command("make", "vault")

    with pytest.raises(CommandError, match="holds a key vault already"):
        keys_command("make", "vault")
    with pytest.raises(CommandError, match="does not name other"):
        keys_command("make", "other")


def test_the_operator_tries_the_current_key(hold):
    hold("vault file")
    keys_command("make", "vault")

    assert keys_command("try") == "vault wraps and unwraps"


def test_with_the_file_first_its_key_wraps_and_the_token_opens(hold, settings):
    hold("vault")
    keys_command("make", "vault")
    name, wrapped = settings.PANJEREH.wrapping.wrap(DRAWN)

    hold("file vault")

    keys = settings.PANJEREH.wrapping
    assert keys.current == HeldKeys([OLD]).current
    assert keys.unwrap(name, wrapped) == DRAWN
    with pytest.raises(WrappingKeyMissing):
        keys.unwrap("other", wrapped)
