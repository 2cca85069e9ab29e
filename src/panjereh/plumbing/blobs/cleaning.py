"""Reading a stranger's file with the large machines that libraries are: only ever in the child of `apart`."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from panjereh.plumbing.blobs.kinds import Kind
from panjereh.plumbing.blobs.states import Reason

# A page of A4 at 600 points an inch has 35 million; a phone's camera up to 50 in rare settings.
MAX_POINTS: Final = 50_000_000
MAX_PDF_OBJECTS: Final = 50_000
JPEG_QUALITY: Final = 88
# Whatever lets a file act by itself: code, other programs, other files, data sent, forms of a foreign kind.
_ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
_ACTING_KINDS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/RichMedia",
        "/RichMediaExecute",
        "/EmbeddedFile",
        "/FileAttachment",
        "/Movie",
        "/Sound",
        "/Screen",
        "/Rendition",
        "/3D",
    }
)


class Unclean(Exception):  # noqa: N818 -- reads as what was found
    """The file is not taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(kind: Kind, content: bytes) -> bytes:
    """Return what may be released of a file. Raises `Unclean`, and whatever else readers raise."""
    if kind is Kind.PDF:
        check_pdf(content)
        return content
    return draw_anew(kind, content)


def draw_anew(kind: Kind, content: bytes) -> bytes:
    """Return a picture made of the points of another, upright, and of nothing else that was in its file."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- only the child reads pictures

    Image.MAX_IMAGE_PIXELS = MAX_POINTS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            given = Image.open(BytesIO(content), formats=[kind.upper()])
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise Unclean(Reason.TOO_MANY_POINTS) from error
    with given:
        upright = ImageOps.exif_transpose(given)
        mode = "RGB" if kind is Kind.JPEG or "A" not in upright.getbands() else "RGBA"
        drawn = Image.new(mode, upright.size)
        drawn.paste(upright.convert(mode))
    made = BytesIO()
    drawn.save(made, format=kind.upper(), **({"quality": JPEG_QUALITY} if kind is Kind.JPEG else {}))
    return made.getvalue()


def check_pdf(content: bytes) -> None:
    """Look at every object of a file of PDF that a reader would come to. Raises `Unclean`."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- only the child reads files of PDF

    reader = PdfFileReader(BytesIO(content))
    if "/Encrypt" in reader.trailer:
        raise Unclean(Reason.ENCRYPTED)
    if "/Root" not in reader.trailer or "/Pages" not in reader.root:
        raise Unclean(Reason.UNREADABLE)
    for each in _dictionaries(reader.trailer):
        if _ACTING_KEYS & set(each):
            raise Unclean(Reason.ACTIVE)
        said = {str(each.raw_get(key)) for key in ("/S", "/Subtype", "/Type") if key in each}
        if _ACTING_KINDS & said:
            raise Unclean(Reason.ACTIVE)


def _dictionaries(trailer: Any) -> Iterator[Any]:
    """Yield every dictionary that can be come to, each once. Raises `Unclean` for a file without end."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject  # noqa: PLC0415 -- as above

    waiting, seen = [trailer.raw_get(key) for key in trailer], set()
    looked_at = 0
    while waiting:
        looked_at += 1
        if looked_at > MAX_PDF_OBJECTS:
            raise Unclean(Reason.UNREADABLE)
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.reference in seen:
                continue
            seen.add(each.reference)
            each = each.get_object()  # type: ignore[no-untyped-call]
        if isinstance(each, DictionaryObject):
            yield each
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, ArrayObject):
            waiting += [each.raw_get(place) for place in range(len(each))]
