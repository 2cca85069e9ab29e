"""Revoke one document by its number: `panjereh revoke-document 9904-1182-0367-5 --reason issued-in-error`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from panjereh.domain.documents import api as documents
from panjereh.plumbing.edge import new_id, now
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import Refusal


class Command(BaseCommand):
    help = "Revoke a signed document: whoever checks it is told, and its holder. Repeating changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the 13 digits at the top of the document")
        reasons = [reason.value for reason in documents.RevocationReason]
        parser.add_argument("--reason", required=True, choices=reasons)

    def handle(self, *_arguments: Any, **options: Any) -> None:
        actor = Actor.system("document-revocation", channel=Channel.COMMAND)
        try:
            documents.revoke_document(
                documents.document_id_of(options["number"], actor=actor),
                reason=documents.RevocationReason(options["reason"]),
                message_id=new_id(),
                actor=actor,
                at=now(),
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.code}: {refusal.facts()}") from refusal
        self.stdout.write("revoked")
