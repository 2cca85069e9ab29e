"""Signed notes and checkpoints: what others wrote opens, what was changed does not."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_tlog.checkpoints import Checkpoint, CheckpointError, open_checkpoint, sign_checkpoint
from panjereh_tlog.notes import NoteError, NoteKeyError, Signer, Verifier, open_note, sign_note

# The example of Go's golang.org/x/mod/sumdb/note, which the format was taken from.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNX"
    "gKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

seeds = st.binary(min_size=32, max_size=32)


def test_the_note_of_the_reference_implementation_is_made_byte_for_byte() -> None:
    assert sign_note(GO_TEXT, Signer.parse(GO_PRIVATE)) == GO_NOTE


def test_the_note_of_the_reference_implementation_opens() -> None:
    assert open_note(GO_NOTE, [Verifier.parse(GO_PUBLIC)]) == GO_TEXT


@pytest.mark.slow
@given(seeds)
def test_keys_survive_their_text_forms(seed: bytes) -> None:
    signer = Signer.make("log.test", seed=seed)

    assert Signer.parse(signer.private_text() + "\n").private_text() == signer.private_text()
    assert str(Verifier.parse(str(signer.verifier()))) == str(signer.verifier())


def test_a_private_key_never_shows_when_printed() -> None:
    signer = Signer.parse(GO_PRIVATE)

    assert "AYEK" not in repr(signer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+zz+AAAA",
        "name+c74f20a3+not base64",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc",
    ],
)
def test_a_malformed_public_key_is_refused(text: str) -> None:
    with pytest.raises(NoteKeyError):
        Verifier.parse(text)


@pytest.mark.parametrize("text", [GO_PUBLIC, GO_PRIVATE.replace("c74f20a3", "c74f20a4")])
def test_a_malformed_private_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(NoteKeyError) as refusal:
        Signer.parse(text)

    assert (refusal.value.code, "AYEK" in str(refusal.value)) == ("log-key-invalid", False)


@pytest.mark.parametrize("name", ["", "a b", "a+b"])
def test_a_key_has_a_name_that_fits_in_a_note(name: str) -> None:
    with pytest.raises(NoteKeyError):
        Signer.make(name, seed=bytes(32))


@pytest.mark.parametrize("text", ["no line break", "a\tb\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str, signer: Signer) -> None:
    with pytest.raises(NoteError):
        sign_note(text, signer)


@pytest.mark.slow
@given(st.integers(0, len(GO_TEXT) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_changed_character_breaks_the_signature(position: int, letter: str) -> None:
    changed = GO_TEXT[:position] + letter + GO_TEXT[position + 1 :]

    if changed != GO_TEXT:
        with pytest.raises(NoteError) as broken:
            open_note(GO_NOTE.replace(GO_TEXT, changed), [Verifier.parse(GO_PUBLIC)])
        assert broken.value.code == "log-note-invalid"


def test_a_note_without_the_signature_asked_for_is_refused(signer: Signer) -> None:
    with pytest.raises(NoteError, match="did not sign"):
        open_note(GO_NOTE, [signer.verifier()])


def test_the_signature_of_an_unknown_key_is_passed_over(signer: Signer) -> None:
    note = sign_note("a\n", Signer.parse(GO_PRIVATE), signer)

    assert open_note(note, [signer.verifier()]) == "a\n"


def test_a_note_is_not_opened_without_any_key() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        open_note(GO_NOTE, [])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a\n",
        "a\n\nno signature\n",
        "a\n\n\u2014 name !!!!\n",
        "a\n\n\u2014 name AAAA\n",
        "a\n\n\u2014 n QUFBQUFB",
        "a\n\n\u2014 name سلام\n",
    ],
)
def test_a_malformed_note_is_refused(note: str, signer: Signer) -> None:
    with pytest.raises(NoteError):
        open_note(note, [signer.verifier()])


@pytest.mark.slow
@given(st.integers(0, 1 << 62), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_survives_its_note(size: int, root: bytes) -> None:
    signer = Signer.make("log.test", seed=bytes(32))
    checkpoint = Checkpoint("log.test", size, root)

    note = sign_checkpoint(checkpoint, signer)

    assert open_checkpoint(note, origin="log.test", verifiers=[signer.verifier()]) == checkpoint


def test_the_checkpoint_of_another_log_is_refused(signer: Signer) -> None:
    note = sign_checkpoint(Checkpoint("other", 1, bytes(32)), signer)

    with pytest.raises(CheckpointError) as refusal:
        open_checkpoint(note, origin="log.test", verifiers=[signer.verifier()])

    assert refusal.value.code == "log-checkpoint-invalid"


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        f"\n1\n{ROOT}\n",
        f"a\n-1\n{ROOT}\n",
        f"a\n01\n{ROOT}\n",
        f"a\n۱\n{ROOT}\n",
        "a\n1\nAA\n",
        "a\n1\nAAAA\n",
        "a\n1\nسلام\n",
        f"a\n{'9' * 5000}\n{ROOT}\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError):
        Checkpoint.parse(text)


def test_extension_lines_of_a_checkpoint_are_passed_over() -> None:
    assert Checkpoint.parse(f"a\n1\n{ROOT}\nmore\n") == Checkpoint("a", 1, bytes(32))
