"""Looking at files that people handed in: the one place that knows which scanner is asked here."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from panjereh.jobs.registry import job
from panjereh.plumbing import edge
from panjereh.plumbing.blobs import api as blobs


@job("blobs.scan")
def scan(blob_id: str) -> None:
    """Release or refuse one file. While the scanner is away the job is retried and the file stays apart."""
    blobs.scan_blob(UUID(blob_id), scanner=scanner(), at=edge.now())


def scanner() -> blobs.Scanner:
    """Return this installation's scanner; without one nothing is ever released."""
    address = settings.PANJEREH.clamd_address
    if address:
        return blobs.ClamdScanner(address)
    if settings.PANJEREH.is_practice:
        return blobs.PracticeScanner()
    raise ImproperlyConfigured("PANJEREH_CLAMD_ADDRESS is not set: files stay in quarantine")
