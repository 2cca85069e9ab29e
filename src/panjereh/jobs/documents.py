"""Making documents: the press is set up once per worker, from the settings."""

import atexit
import os
from functools import cache
from uuid import UUID

from django.conf import settings

from panjereh.domain.documents import api as documents
from panjereh.jobs.registry import job, periodic_job
from panjereh.plumbing import edge


@job("documents.issue")
def issue(document_id: str) -> None:
    """Render, sign and store one requested document."""
    documents.issue_document(
        UUID(document_id),
        press=press(),
        entropy=os.urandom(documents.ENTROPY_BYTES),
        at=edge.now(),
    )


@job("documents.issue_receipt")
def issue_receipt(receipt_id: str) -> None:
    """Render, sign and store the receipt of one check."""
    documents.issue_receipt(
        UUID(receipt_id),
        press=press(),
        entropy=os.urandom(documents.ENTROPY_BYTES),
        at=edge.now(),
    )


@periodic_job("documents.forget_receipt_files", every="43 2 * * *")
def forget_receipt_files(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate hands the tick in
    """Drop the files of receipts that were fetched long ago; one indexed statement."""
    documents.forget_receipt_files(at=edge.now())


@cache
def press() -> documents.Press:
    """Return what this process makes documents with; its render server ends with the process."""
    environment = settings.PANJEREH
    renderer = documents.Renderer(fonts=environment.frontend_directory / "fonts" / "typst")
    atexit.register(renderer.close)
    return documents.Press(
        renderer=renderer,
        key=documents.read_document_key(
            key_pem=environment.document_key_file.read_bytes(),
            certificate_pem=environment.document_certificate_file.read_bytes(),
            chain_pem=environment.document_chain_file.read_bytes(),
        ),
        public_url=environment.public_url,
        is_practice=environment.is_practice,
        authority=_authority(),
        operator=_operator(),
    )


def _operator() -> dict[str, str] | None:
    fa, en = settings.PANJEREH.operator_name_fa, settings.PANJEREH.operator_name_en
    return {"fa": fa, "en": en} if fa and en else None


def _authority() -> documents.TimeStampAuthority | None:
    environment = settings.PANJEREH
    if environment.time_stamp_url is None or environment.time_stamp_chain_file is None:
        return None
    roots = documents.read_roots(environment.time_stamp_chain_file.read_bytes())
    return documents.TimeStampAuthority(url=environment.time_stamp_url, roots=roots)
