"""Have documents made again that could not be made."""

from typing import Any

from django.core.management.base import BaseCommand

from panjereh.domain.documents import api as documents
from panjereh.plumbing.edge import now


class Command(BaseCommand):
    help = "Put every document that could not be made back into the queue. Run it once the cause is mended."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        self.stdout.write(f"documents put back: {documents.remake_documents(at=now())}")
