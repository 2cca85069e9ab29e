"""A file that somebody hands in is read by nobody before it was looked at, and then without what it hid."""

import dataclasses
import datetime as dt
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PdfFileWriter

from panjereh.config.environment import Profile
from panjereh.jobs import blobs as jobs
from panjereh.plumbing import sealing
from panjereh.plumbing.blobs import apart, cleaning
from panjereh.plumbing.blobs import api as blobs
from panjereh.plumbing.blobs.apart import clean_apart
from panjereh.plumbing.models import Blob
from panjereh_kernel.refusal import NotFound
from tests.platform.blobs.conftest import EICAR, Clamd, pdf, picture

AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
GONE = {"sealed_content": None, "fingerprint_index": None, "size": 0}
PRACTICE = blobs.PracticeScanner()
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


@pytest.fixture
def mina() -> UUID:
    return uuid4()


@pytest.fixture
def hand_in(mina: UUID) -> Callable[[bytes], UUID]:
    def hand_in(content: bytes) -> UUID:
        blob_id = uuid4()
        blobs.receive_blob(blob_id, subject_id=mina, content=content, at=AT)
        return blob_id

    return hand_in


def scan(blob_id: UUID, scanner: blobs.Scanner = PRACTICE) -> blobs.State:
    return blobs.scan_blob(blob_id, scanner=scanner, at=AT)


def test_a_file_can_be_read_only_after_it_was_looked_at(mina: UUID, hand_in):
    blob_id = hand_in(picture())

    with pytest.raises(blobs.FileNotReady):
        blobs.read_blob(blob_id, subject_id=mina)
    assert scan(blob_id) is blobs.State.RELEASED

    read = blobs.read_blob(blob_id, subject_id=mina)
    assert (read.kind.media_type, Image.open(BytesIO(read.content)).size) == ("image/jpeg", (8, 6))


def test_a_file_of_somebody_else_and_one_that_is_not_there_are_the_same(mina: UUID, hand_in):
    blob_id = hand_in(picture())
    scan(blob_id)

    for asked, who in ((blob_id, uuid4()), (uuid4(), mina)):
        with pytest.raises(NotFound):
            blobs.read_blob(asked, subject_id=who)
        with pytest.raises(NotFound):
            blobs.erase_blob(asked, subject_id=who, at=AT)
    with pytest.raises(NotFound):
        scan(uuid4())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", blobs.FileEmpty),
        (b"MZ\x90\x00 a program", blobs.FileKindNotTaken),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", blobs.FileKindNotTaken),
        (b"GIF89a", blobs.FileKindNotTaken),
        (b"%PDF-" + b"0" * blobs.MAX_BYTES, blobs.FileTooLarge),
    ],
)
def test_what_is_not_taken_is_not_kept(hand_in, content: bytes, refusal: type[Exception]):
    with pytest.raises(refusal):
        hand_in(content)

    assert not Blob.objects.exists()


def test_what_lies_in_the_table_tells_nothing_of_the_file(hand_in):
    content = picture()
    row = Blob.objects.get(id=hand_in(content))

    assert content[:20] not in bytes(row.sealed_content)
    assert bytes(row.fingerprint_index) not in (content, b"")


def test_malware_is_refused_and_its_content_is_gone(mina: UUID, hand_in):
    blob_id = hand_in(picture() + EICAR)

    assert scan(blob_id) is blobs.State.REFUSED

    with pytest.raises(blobs.FileRefused) as refused:
        blobs.read_blob(blob_id, subject_id=mina)
    assert refused.value.facts() == {"reason": "malware"}
    assert Blob.objects.get(id=blob_id).sealed_content is None


def test_the_job_asks_the_scanner_of_this_installation(hand_in, clamd: Clamd, monkeypatch):
    import dataclasses

    blob_id = hand_in(picture())
    monkeypatch.setattr(
        settings, "PANJEREH", dataclasses.replace(settings.PANJEREH, clamd_address=clamd.address)
    )

    jobs.scan(str(blob_id))

    assert clamd.received == [picture()]
    assert Blob.objects.get(id=blob_id).state == blobs.State.RELEASED


def test_in_production_without_a_scanner_nothing_is_released(hand_in, monkeypatch):
    blob_id = hand_in(picture())
    production = dataclasses.replace(settings.PANJEREH, profile=Profile.PRODUCTION)
    monkeypatch.setattr(settings, "PANJEREH", production)

    with pytest.raises(ImproperlyConfigured):
        jobs.scan(str(blob_id))
    assert Blob.objects.get(id=blob_id).state == blobs.State.QUARANTINED


# The scanner: failed, failed but happened, slow, twice.


@pytest.mark.parametrize(
    "behaviour",
    [
        "hangs up at once",
        "half an answer",
        "size limit",
        "nonsense",
        "endless",
        "slow",
    ],
)
def test_a_scanner_that_gives_no_verdict_is_away(clamd: Clamd, behaviour: str):
    clamd.behaviour = behaviour

    with pytest.raises(blobs.ScannerAway):
        blobs.ClamdScanner(clamd.address, seconds=0.3).finds(picture())


def test_a_verdict_that_was_lost_leaves_the_file_apart_and_may_be_asked_for_again(
    mina: UUID, hand_in, clamd: Clamd
):
    blob_id = hand_in(picture())
    clamd.behaviour = "hangs up after looking"

    with pytest.raises(blobs.ScannerAway):
        scan(blob_id, blobs.ClamdScanner(clamd.address))
    with pytest.raises(blobs.FileNotReady):
        blobs.read_blob(blob_id, subject_id=mina)

    clamd.behaviour = "well"
    assert scan(blob_id, blobs.ClamdScanner(clamd.address)) is blobs.State.RELEASED


def test_a_scanner_that_nobody_answers_for_is_away(hand_in):
    with pytest.raises(blobs.ScannerAway):
        scan(hand_in(picture()), blobs.ClamdScanner("127.0.0.1:9"))
    with pytest.raises(blobs.ScannerAway):
        blobs.ClamdScanner("/nowhere/clamd.sock").finds(b"x")


def test_what_clamd_finds_is_refused(hand_in, clamd: Clamd):
    assert scan(hand_in(picture() + EICAR), blobs.ClamdScanner(clamd.address)) is blobs.State.REFUSED


def test_a_large_file_reaches_clamd_whole(clamd: Clamd):
    content = bytes(range(256)) * 1024

    assert not blobs.ClamdScanner(clamd.address).finds(content)
    assert clamd.received == [content]


def test_looking_twice_asks_once_and_changes_nothing(hand_in, clamd: Clamd):
    blob_id = hand_in(picture())
    scanner = blobs.ClamdScanner(clamd.address)

    assert [scan(blob_id, scanner) for _ in range(2)] == [blobs.State.RELEASED] * 2
    assert len(clamd.received) == 1


def test_handing_in_twice_keeps_the_first(mina: UUID):
    blob_id = uuid4()
    for content in (picture("PNG"), picture("JPEG")):
        blobs.receive_blob(blob_id, subject_id=mina, content=content, at=AT)

    assert Blob.objects.get().kind == blobs.Kind.PNG


def test_a_file_erased_while_it_is_looked_at_stays_erased(mina: UUID, hand_in):
    blob_id = hand_in(picture())

    class Slow:
        def finds(self, content: bytes) -> bool:
            blobs.erase_blob(blob_id, subject_id=mina, at=AT)
            return False

    assert scan(blob_id, Slow()) is blobs.State.ERASED
    assert Blob.objects.get(id=blob_id).sealed_content is None


# Erasing.


def test_an_erased_file_is_gone_and_erasing_it_again_changes_nothing(mina: UUID, hand_in):
    blob_id = hand_in(picture())
    scan(blob_id)

    for _ in range(2):
        blobs.erase_blob(blob_id, subject_id=mina, at=AT)

    with pytest.raises(sealing.ContentErased):
        blobs.read_blob(blob_id, subject_id=mina)


def test_files_go_with_their_subject_looked_at_or_not(mina: UUID, hand_in):
    looked_at, waiting = hand_in(picture()), hand_in(picture())
    scan(looked_at)
    sealing.erase_key(mina, at=AT)

    with pytest.raises(sealing.ContentErased):
        blobs.read_blob(looked_at, subject_id=mina)
    assert scan(waiting) is blobs.State.ERASED
    assert {closed.table for closed in sealing.prove_closed(mina)} >= {"plumbing_blob"}


# The database.


STEPS_NO_FILE_TAKES: tuple[dict[str, object], ...] = (
    {"state": "quarantined", "settled_at": None},
    {"state": "refused", "reason": "malware", **GONE},
    {"sealed_content": b"another"},
    {"subject_id": UUID(int=1)},
    {"state": "anything"},
    {"reason": "x"},
)


def test_the_database_refuses_a_step_that_no_file_takes(hand_in):
    blob_id = hand_in(picture())
    scan(blob_id)

    for change in STEPS_NO_FILE_TAKES:
        with pytest.raises(IntegrityError), transaction.atomic():
            Blob.objects.filter(id=blob_id).update(**change)


def test_no_file_begins_released(mina: UUID):
    with pytest.raises(IntegrityError):
        Blob.objects.create(
            id=uuid4(),
            subject_id=mina,
            state="released",
            kind="pdf",
            size=1,
            fingerprint_index=b"x",
            sealed_content=b"x",
            received_at=AT,
            settled_at=AT,
        )


# What is released of a file.


def test_a_picture_keeps_its_points_and_loses_what_was_hidden_in_it():
    exif = Image.Exif()
    exif[0x010E] = "a house, 35.7 N"
    given = picture("JPEG", exif=exif, comment=b"secret") + b"<script>alert(1)</script>"

    released = cleaning.draw_anew(blobs.Kind.JPEG, given)

    assert b"35.7" in given
    for hidden in (b"35.7", b"secret", b"<script>", b"Exif"):
        assert hidden not in released
    assert Image.open(BytesIO(released)).convert("RGB").getpixel((3, 3))[1] > 100


def test_a_picture_lying_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    released = cleaning.draw_anew(blobs.Kind.JPEG, picture("JPEG", exif=exif))

    assert Image.open(BytesIO(released)).size == (6, 8)


def bomb(width: int, height: int) -> bytes:
    """Return a picture of a few bytes that says it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        (blobs.Kind.PNG, bomb(50_000, 50_000), blobs.Reason.TOO_MANY_POINTS),
        (blobs.Kind.PNG, bomb(8_000, 8_000), blobs.Reason.TOO_MANY_POINTS),
        (blobs.Kind.PNG, bomb(10, 10), blobs.Reason.UNREADABLE),
        (blobs.Kind.JPEG, b"\xff\xd8\xff" + b"0" * 100, blobs.Reason.UNREADABLE),
        (blobs.Kind.PDF, b"%PDF-1.7 and nothing", blobs.Reason.UNREADABLE),
    ],
)
def test_a_bomb_or_a_broken_file_ends_its_reader_and_no_more(kind, content: bytes, reason):
    with pytest.raises(cleaning.Unclean) as found:
        clean_apart(kind, content)

    assert found.value.reason is reason


def test_a_file_that_keeps_its_reader_too_long_is_unreadable(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "SECONDS", 0.001)

    with pytest.raises(cleaning.Unclean) as found:
        clean_apart(blobs.Kind.PDF, pdf())

    assert found.value.reason is blobs.Reason.UNREADABLE


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        (blobs.Kind.PNG, picture("PNG"), b"clean\n\x89PNG"),
        (blobs.Kind.PNG, bomb(8_000, 8_000), b"unclean\ntoo-many-points"),
    ],
)
def test_the_child_says_what_came_of_a_file_and_holds_itself_to_its_limits(
    monkeypatch: pytest.MonkeyPatch, kind: blobs.Kind, content: bytes, said: bytes
):
    held: dict[int, tuple[int, int]] = {}
    out = BytesIO()
    monkeypatch.setattr(apart.resource, "setrlimit", held.__setitem__)
    monkeypatch.setattr(apart.sys, "stdin", SimpleNamespace(buffer=BytesIO(content)))
    monkeypatch.setattr(apart.sys, "stdout", SimpleNamespace(buffer=out))

    apart.answer(kind)
    monkeypatch.undo()

    assert out.getvalue().startswith(said)
    assert held[apart.resource.RLIMIT_FSIZE] == (0, 0)
    assert held[apart.resource.RLIMIT_AS][0] <= 1 << 30


def action(kind: str) -> Callable[[PdfFileWriter], None]:
    def change(made: PdfFileWriter) -> None:
        made.root[pdf_name("/OpenAction")] = generic.DictionaryObject({pdf_name("/S"): pdf_name(kind)})

    return change


def entry(name: str) -> Callable[[PdfFileWriter], None]:
    def change(made: PdfFileWriter) -> None:
        made.root[pdf_name("/Names")] = generic.DictionaryObject({pdf_name(name): generic.DictionaryObject()})

    return change


@pytest.mark.parametrize(
    "content",
    [
        *(pdf(action(kind)) for kind in ("/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/ImportData")),
        *(pdf(entry(name)) for name in ("/JavaScript", "/EmbeddedFiles", "/JS", "/AA", "/XFA")),
        # The same name as readers take it, spelt in another way of the same length.
        pdf(entry("/Embedded-18-letter")).replace(b"/Embedded-18-letter", b"/Embedded#46il#65s "),
    ],
    ids=range(11),
)
def test_a_pdf_that_acts_by_itself_is_refused(content: bytes):
    with pytest.raises(cleaning.Unclean) as found:
        cleaning.check_pdf(content)

    assert found.value.reason is blobs.Reason.ACTIVE


def test_what_a_reader_finds_is_the_reason_a_file_is_refused_for(mina: UUID, hand_in):
    blob_id = hand_in(pdf(action("/JavaScript")))

    assert scan(blob_id) is blobs.State.REFUSED
    assert Blob.objects.get(id=blob_id).reason == blobs.Reason.ACTIVE


def test_an_encrypted_pdf_is_refused():
    made = PdfFileWriter()
    made.encrypt(owner_pass="a", user_pass="b")
    out = BytesIO()
    made.write(out)

    with pytest.raises(cleaning.Unclean) as found:
        cleaning.check_pdf(out.getvalue())

    assert found.value.reason is blobs.Reason.ENCRYPTED


def test_a_pdf_without_end_is_refused():
    def unfold(made: PdfFileWriter) -> None:
        names = generic.ArrayObject(generic.NumberObject(n) for n in range(cleaning.MAX_PDF_OBJECTS))
        made.root[pdf_name("/Many")] = made.add_object(names)

    with pytest.raises(cleaning.Unclean):
        cleaning.check_pdf(pdf(unfold))


def test_a_plain_pdf_is_kept_as_it_is():
    content = pdf()

    assert clean_apart(blobs.Kind.PDF, content) == content
