"""The public check through its pages: by number and code, and by the file."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from panjereh.domain.audit import api as audit
from panjereh.domain.documents import api as documents
from panjereh.domain.documents import caps
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.rules.numbers import draw_numbers
from panjereh.domain.documents.signing.seal import sign_document
from panjereh.plumbing import limits, sealing
from panjereh.plumbing.models import RateCount
from panjereh_kernel.actor import Actor
from panjereh_kernel.persian import to_persian_digits
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow
PAPER = '#set document(title: "x")\n#set text(font: "Vazirmatn", lang: "en")\nx'


def by_code(client, serial, code):
    return client.post("/check/", {"serial": serial, "code": code})


def by_file(client, content):
    return client.post("/check/file", {"file": SimpleUploadedFile("a.pdf", content, "application/pdf")})


def seal_of(response) -> str:
    text = response.content.decode()
    return text.split('data-seal="')[1].split('"')[0]


def test_the_page_of_a_number_asks_for_its_code(stranger, numbers):
    serial, code = numbers

    page = stranger.get(f"/check/{serial}").content.decode()

    assert f'value="{serial}"' in page
    assert code not in page


def test_number_and_code_show_what_we_know_and_no_more(stranger, issued, numbers, file):
    response = by_code(stranger, *numbers)

    page = response.content.decode()
    assert (response.status_code, seal_of(response)) == (200, "valid")
    assert "گواهی نشانی" in page
    assert "م. ن…" in page
    for secret in ("مینا", "نمونه", "امید", "کوی آزمون", "99999", made.DATA["holder"]["national_number"]):
        assert secret not in page


def test_a_document_of_an_erased_holder_is_still_what_it_was_and_names_nobody(stranger, issued, numbers):
    sealing.erase_key(Document.objects.get(id=issued).subject_id, at=made.AT)

    response = by_code(stranger, *numbers)

    page = response.content.decode()
    assert (response.status_code, seal_of(response)) == (200, "valid")
    assert "اطلاعات دارنده برای همیشه پاک شده است." in page
    assert "م. ن…" not in page


def test_number_and_code_may_be_typed_as_people_type(stranger, issued, numbers):
    serial, code = numbers

    response = by_code(stranger, to_persian_digits(serial.replace("-", " ")), code.lower().replace("-", ""))

    assert seal_of(response) == "valid"


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(stranger, issued, numbers):
    serial, code = numbers
    other, _ = draw_numbers(b"other" * 4 + b"more")

    wrong_code = by_code(stranger, serial, "2222-2222")
    unknown = by_code(stranger, other, code)

    assert (wrong_code.status_code, seal_of(wrong_code)) == (404, "unknown")
    assert without_token(wrong_code) == without_token(unknown)


def without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_a_document_that_is_not_yet_issued_is_not_found(stranger, requested, numbers):
    assert seal_of(by_code(stranger, *numbers)) == "unknown"


def test_a_mistyped_number_is_explained_at_its_field(stranger, db):
    response = by_code(stranger, "9904-1182-0367-1", "7KQ2-M9TX")

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert documents.SerialNotValid.code == "document-number-not-valid"


def test_a_mistyped_number_in_the_address_is_explained_too(stranger, db):
    assert stranger.get("/check/1234").status_code == 422


def test_an_expired_document_is_told_so(stranger, issued, numbers, clock):
    clock(made.AT.replace(year=2028))

    assert seal_of(by_code(stranger, *numbers)) == "expired"


def test_a_revoked_document_is_told_so(stranger, numbers, revoke):
    revoke()

    assert seal_of(by_code(stranger, *numbers)) == "revoked"


def test_a_revoked_document_past_its_term_fails_both_lines(stranger, numbers, revoke, clock):
    revoke()
    clock(made.AT.replace(year=2028))

    response = by_code(stranger, *numbers)

    assert seal_of(response) == "revoked"
    assert response.content.decode().count('class="tag bad"') == 2


def test_the_original_file_is_valid(stranger, file):
    response = by_file(stranger, file)

    assert (response.status_code, seal_of(response)) == (200, "valid")
    assert response.content.decode().count('class="tag good"') == 9


def test_a_checked_file_is_stored_nowhere(stranger, file, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    before = set(tmp_path.iterdir())

    by_file(stranger, file)

    assert set(tmp_path.iterdir()) == before
    assert Document.objects.count() == 1


def kind_of(response) -> str:
    return response.content.decode().split('data-kind="')[1].split('"')[0]


def flip(file):
    altered = bytearray(file)
    altered[len(file) // 3] ^= 1
    return bytes(altered)


@pytest.mark.parametrize(
    ("alter", "kind", "said"),
    [
        (flip, "altered", "آنچه زیر این امضاست تغییر کرده است"),
        (lambda file: file + b"\n%", "altered", "پس از آن چیزی افزوده شده"),
        (lambda file: file[:-400], "unreadable", "فایل آسیب دیده است"),
    ],
    ids=["flipped-bit", "appended", "cut-off"],
)
def test_an_altered_file_is_refused_with_its_reason(stranger, file, alter, kind, said):
    response = by_file(stranger, alter(file))

    page = response.content.decode()
    assert kind_of(response) == kind
    assert 'class="tag bad"' in page
    assert said in page
    assert "م. ن…" not in page


def test_an_altered_file_says_who_signed_what_is_left_of_it(stranger, file):
    page = by_file(stranger, flip(file)).content.decode()

    assert "از Practice issuer" in page


def test_a_file_signed_by_somebody_we_do_not_know_is_not_ours_and_their_name_is_not_shown(
    stranger, requested, renderer
):
    forger = made.Authority("Post company of Iran")
    pdf = renderer.render({"main.typ": PAPER}, created_at=made.AT)

    response = by_file(stranger, sign_document(pdf, key=forger.document_key(), at=made.AT))

    assert kind_of(response) == "foreign"
    assert "Post company" not in response.content.decode()


def test_a_file_without_a_signature_is_not_ours(stranger, requested, renderer):
    response = by_file(stranger, renderer.render({"main.typ": PAPER}, created_at=made.AT))

    assert (kind_of(response), seal_of(response)) == ("foreign", "unknown")


def test_a_file_with_a_password_is_refused_at_its_field(stranger, file):
    response = by_file(stranger, encrypt(file))

    assert response.status_code == 422
    assert "رمز دارد" in response.content.decode()
    assert documents.FileEncrypted.code == "document-file-encrypted"


def encrypt(file: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(file)))
    writer.encrypt("owner", "user")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_document_outlives_the_certificate_it_was_signed_with(stranger, file, clock):
    clock(made.AT.replace(year=2040))

    assert seal_of(by_file(stranger, file)) == "expired"


def test_a_revoked_document_shows_when_and_why(stranger, numbers, revoke):
    revoke()

    page = by_code(stranger, *numbers).content.decode()

    assert "تاریخ ابطال" in page
    assert "آنچه در سند آمده دیگر درست نیست." in page


def test_the_time_of_a_check_is_told_to_the_second(stranger, issued, numbers):
    assert "۹:۴۱:۱۷ به وقت تهران" in by_code(stranger, *numbers).content.decode()


def test_a_genuine_signature_on_a_file_we_did_not_issue_is_refused(stranger, issued, authority, renderer):
    pdf = renderer.render({"main.typ": PAPER}, created_at=made.AT)
    signed = sign_document(pdf, key=authority.document_key(), at=made.AT)

    response = by_file(stranger, signed)

    assert kind_of(response) == "unrecorded"
    assert response.content.decode().count('class="tag bad"') == 1


def test_the_reason_is_the_first_check_that_failed(file, authority, db, stranger):
    report = documents.check_file(
        file + b"%",
        roots=documents.read_roots(authority.chain_pem),
        actor=Actor.anonymous("document-check"),
        address="192.0.2.1",
        at=made.AT,
    )

    assert report.reason is documents.Check.WHOLE
    assert report.document is None


def test_a_file_in_order_has_no_reason(file, authority):
    report = documents.check_file(
        file,
        roots=documents.read_roots(authority.chain_pem),
        actor=Actor.anonymous("document-check"),
        address="192.0.2.1",
        at=made.AT,
    )

    assert report.reason is None
    assert report.document.standing is documents.Standing.VALID


def test_a_form_without_a_file_says_what_is_needed(stranger, db):
    response = stranger.post("/check/file", {})

    assert response.status_code == 422
    assert 'id="file-error"' in response.content.decode()


def test_what_is_no_pdf_is_refused(stranger, db):
    assert by_file(stranger, b"GIF89a").status_code == 422


def test_a_file_beyond_the_limit_is_refused(stranger, db):
    response = by_file(stranger, b"%PDF-" + b"0" * documents.MAX_FILE_BYTES)

    assert response.status_code == 422
    assert documents.FileTooLarge.code == "document-file-too-large"


def test_a_file_that_django_would_drop_is_refused_all_the_same(stranger, db):
    content = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * (8 << 20))

    assert stranger.post("/check/file", {"file": content}).status_code == 422


def test_an_address_that_asks_too_often_has_to_wait(stranger, db, clock):
    for _ in range(caps.MAX_TRIES):
        assert by_code(stranger, "9904-1182-0367-5", "x").status_code != 429

    assert by_code(stranger, "9904-1182-0367-5", "x").status_code == 429
    assert stranger.post("/check/", REMOTE_ADDR="192.0.2.7").status_code != 429
    clock(made.AT + caps.WINDOW + caps.WINDOW)
    assert by_code(stranger, "9904-1182-0367-5", "x").status_code != 429


def test_a_refusal_for_too_many_checks_says_how_long_to_wait(db):
    for _ in range(caps.MAX_TRIES):
        caps.count_try("192.0.2.1", at=made.AT)

    with pytest.raises(documents.TooManyChecks) as refused:
        caps.count_try("192.0.2.1", at=made.AT)

    assert refused.value.code == "document-checks-too-many"
    assert refused.value.facts() == {"minutes": 10}


def test_no_address_is_kept_in_the_clear_or_longer_than_its_window(db):
    caps.count_try("192.0.2.1", at=made.AT)
    assert b"192.0.2.1" not in bytes(RateCount.objects.get().key)

    limits.forget_before(made.AT + caps.WINDOW + caps.WINDOW)

    assert RateCount.objects.count() == 0


def test_one_document_is_not_guessed_at_from_many_addresses(db, monkeypatch):
    monkeypatch.setattr(caps, "MAX_TRIES_OF_NUMBER", 2)
    for place in range(2):
        caps.count_try(f"192.0.2.{place}", at=made.AT, number="9904-1182-0367-5")

    with pytest.raises(documents.TooManyChecks):
        caps.count_try("192.0.2.9", at=made.AT, number="9904-1182-0367-5")

    caps.count_try("192.0.2.9", at=made.AT, number="9904-1182-0368-4")


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_holder_finds_the_check_among_the_accesses(stranger, issued, numbers, holder):
    by_code(stranger, *numbers)

    (access,) = audit.accesses_of(holder.subject_id, limit=10)
    assert (access.what, access.purpose) == ("documents.check", "document-check")


def test_the_script_is_served_as_one(stranger, db):
    response = stranger.get("/check/fill.js")

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert b"location.hash" in response.content


def test_the_file_is_small_enough_for_the_check_to_take_it(file):
    assert io.BytesIO(file).getbuffer().nbytes < documents.MAX_FILE_BYTES // 10
