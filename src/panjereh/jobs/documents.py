"""Making documents: the press is set up once per worker, from the settings."""

import atexit
import os
from functools import cache
from uuid import UUID

from django.conf import settings

from panjereh.domain.documents import api as documents
from panjereh.jobs.registry import job
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
    )
