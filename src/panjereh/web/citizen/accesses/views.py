"""The pages on which a person sees every look at their data, and every refused one, and proves each."""

import datetime as dt
import json
from itertools import chain, islice
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panjereh.domain.audit import api as audit
from panjereh.domain.casework import api as casework
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.web.citizen.accesses import narrowing, proving, shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Role
from panjereh_kernel.refusal import NotFound

SUMMARY_DAYS = 30
FILE_LOOKS = 500
VERIFY = "python -m panjereh_tlog.verify \\\n  proofs.jsonl --key KEY"


@require_safe
def accesses(request: HttpRequest) -> HttpResponse:
    """Show one page of looks, newest first, and what the last thirty days come to."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    chosen, place = narrowing.Narrowing.read(request.GET), narrowing.place_in(request.GET.get("before", ""))
    looks = disclosure.looks_at(
        actor=actor, place=place, limit=disclosure.LOOKS_PAGE + 1, wanted=chosen.wanted(at=edge.now())
    )
    page, has_more = looks[: disclosure.LOOKS_PAGE], len(looks) > disclosure.LOOKS_PAGE
    holders = {one.who for one in page if one.kind is disclosure.LookKind.EXCHANGE}
    readers = {one.agency_id for one in page if one.agency_id}
    agencies = directory.agencies(holders | readers | narrowing.holders())
    cases = casework.cases_by_code(shown.codes_in(page), actor=actor)
    programs = people.program_names(actor=actor) if shown.has_programs(page) else {}
    context = {
        "days": shown.days(shown.looks(page, cases=cases, agencies=agencies, programs=programs)),
        "older": chosen.address(before=narrowing.written(place.after(page))) if has_more else "",
        "is_first": place == disclosure.LooksPlace(),
        "summary": shown.summary(
            disclosure.count_looks(actor=actor, since=edge.now() - dt.timedelta(days=SUMMARY_DAYS))
        ),
        "chosen": chosen,
        "agencies": narrowing.agency_choices(agencies),
        "periods": narrowing.period_choices(),
        "verify": VERIFY,
    }
    return render(request, "accesses/list.html", context)


@require_safe
def all_receipts(request: HttpRequest) -> HttpResponse:
    """Hand the person their looks as one file, the newest first, at most 500, and where the rest is."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    place = narrowing.place_in(request.GET.get("before", ""))
    looks = disclosure.looks_at(actor=actor, place=place, limit=FILE_LOOKS + 1)
    page = looks[:FILE_LOOKS]
    query = "?before=" + narrowing.written(place.after(page)) if len(looks) > FILE_LOOKS else None
    document = {
        "made_at": edge.now().isoformat(),
        "older": request.build_absolute_uri(reverse("citizen:all_receipts") + query) if query else None,
        "looks": proving.looks_as_data(page, disclosure.evidence_for(page, actor=actor)),
    }
    body = json.dumps(document, ensure_ascii=False, indent=1)
    return _file(body.encode(), name=f"receipts-{edge.now():%Y-%m-%d}.json")


@require_safe
def own_proofs(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Hand the person what the record holds of them and of their newest 500 cases and documents, each leaf
    with its proof, line by line, for `python -m panjereh_tlog.verify`.
    """
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    at, settled = edge.now(), settings.PANJEREH
    cases = casework.cases_of(actor=actor, limit=FILE_LOOKS)
    papers = documents.documents_of(actor, at=at, limit=FILE_LOOKS)
    lines = audit.own_proofs(
        actor=actor,
        things=[*(each.id for each in cases), *(each.id for each in papers)],
        at=at,
        log_directory=settled.audit_log_directory,
        checkpoint_directory=settled.audit_checkpoint_directory,
    )
    # The first lines are read before the answer begins: what is broken then is a page that says so.
    answer = StreamingHttpResponse(chain(list(islice(lines, 2)), lines), content_type="application/jsonl")
    answer.headers["Content-Disposition"] = f'attachment; filename="proofs-{at:%Y-%m-%d}.jsonl"'
    return answer


@require_safe
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Prove one receipt before the person's eyes, and say how to prove it without us."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    proof = exchange.prove_receipt(receipt_id, subject_id=actor.subject_id)
    return render(request, "accesses/receipt.html", proving.page_of(proof, at=edge.now()))


@require_safe
def receipt_file(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Hand the person one receipt as a file that proves itself, to whomever they want to show it."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    evidence = exchange.receipt_evidence(receipt_id, subject_id=actor.subject_id)
    return _file(evidence, name=f"receipt-{receipt_id}.json")


@require_safe
def receipt_bundle(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Hand the person one receipt with all its evidence in one file. Absent while it cannot be gathered."""
    actor = edge.actor_of(request)
    if actor.subject_id is None:
        return redirect(sign_in_path(request.get_full_path()))
    proof = exchange.prove_receipt(receipt_id, subject_id=actor.subject_id)
    if proof.bundle is None:
        raise NotFound
    return _file(proof.bundle, name=f"proof-{receipt_id}.json")


def _file(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
