"""The table of doors: which operation answers whom.

`ACTING` holds every function of a door that takes an actor, called about a thing of Mina's by nobody, by
Mina, by Arash, and by the platform itself. `WITHOUT_ACTOR` holds every other function and why it needs none.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from panjereh.domain.audit import api as audit
from panjereh.domain.casework import api as casework
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.domain.exchange import api as exchange
from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh_kernel.actor import Actor, OfficerRole, Post
from panjereh_kernel.identifiers import Installation, NationalNumber
from tests.platform.access import of_consents, of_indices
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT, DATA, SERVICE, Country
from tests.platform.casework.window import PACK_VERSION
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import ARASHS_NUMBER, MINAS_NUMBER


def start(_of: Country, who: Actor) -> Any:
    return casework.start_case(
        fresh_id(), service_id=SERVICE, tracking_code="0000-0000-9999", act_id=fresh_id(), actor=who, at=AT
    )


def gather(of: Country, who: Actor) -> object:
    save(of, of.mina.actor)  # every question is answered; whose registers are asked is what is tried
    return casework.gather_facts(
        of.mina.cases["draft"], fact_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT
    )


def save(of: Country, who: Actor) -> Any:
    return casework.save_page(
        of.mina.cases["draft"],
        page_id="which-address",
        typed={"source": "register"},
        installation=Installation.PRACTICE,
        act_id=fresh_id(),
        actor=who,
        at=AT,
    )


def request_grant(_of: Country, who: Actor) -> None:
    people.request_grant(
        fresh_id(),
        national_number=NationalNumber(ARASHS_NUMBER),
        post=Post("post", "", frozenset({OfficerRole.OFFICER})),
        last_day=AT.date() + dt.timedelta(days=90),
        operating_agency="ito",
        actor=who,
        at=AT,
    )


def name_first_grantor(_of: Country, who: Actor) -> None:
    people.name_first_grantor(
        fresh_id(),
        national_number=NationalNumber(MINAS_NUMBER),
        agency_id="post",
        reason=people.FirstReason.NEW_AGENCY,
        actor=who,
        at=AT,
    )


def message_of(of: Country) -> Any:
    return of.mina.message_ids[0]


def request_document(of: Country, who: Actor) -> None:
    documents.request_document(
        fresh_id(),
        case_id=fresh_id(),
        subject_id=of.mina.subject_id,
        template=documents.TemplateRef(SERVICE, PACK_VERSION, "address-certificate"),
        data=DATA,
        valid_until=None,
        actor=who,
        at=AT,
    )


def report_refusal(of: Country, who: Actor) -> None:
    documents.report_refusal(
        fresh_id(),
        document_id=of.mina.document_id,
        agency_id="post",
        office="",
        reason=documents.SaidReason.NO_REASON,
        words="",
        tracking_code="0000-0000-9998",
        actor=who,
        at=AT,
    )


def request_receipt(_of: Country, who: Actor) -> None:
    statement = documents.Statement("r", documents.instant(AT), documents.Way.FILE, "foreign", "00" * 32)
    documents.request_receipt(fresh_id(), statement=statement, actor=who, address="192.0.2.1", at=AT)


def request_fact(of: Country, who: Actor) -> None:
    disclosure.request_fact(
        fresh_id(),
        case_id=fresh_id(),
        subject_id=of.mina.subject_id,
        evidence="person",
        data_set="civil.person",
        request={},
        purpose="case.address-certificate",
        legal_basis="x",
        case_reference="x",
        actor=who,
        at=AT,
    )


def ask(of: Country, who: Actor) -> Any:
    known = exchange.data_set("post.place")
    purpose, legal_basis = next(iter(known.contracts))
    return exchange.ask(
        "post.place",
        request={"postal_code": "9999912347"},
        subject_id=of.mina.subject_id,
        actor=who,
        purpose=purpose,
        legal_basis=legal_basis,
        case_reference="x",
        message_id=fresh_id(),
        at=AT,
    )


ACTING = (
    # of the person alone: not even the platform acts in their place
    Operation("casework.start_case", start, ABSENT, DONE, DONE, ABSENT),
    Operation("casework.save_page", save, ABSENT, DONE, ABSENT, ABSENT),
    Operation(
        "casework.gather_facts",
        gather,
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.submit_case",
        lambda of, who: casework.submit_case(of.mina.cases["draft"], act_id=fresh_id(), actor=who, at=AT),
        ABSENT, "case-step-impossible", ABSENT, ABSENT,
    ),
    Operation(
        "casework.gather_again",
        lambda of, who: casework.gather_again(
            of.mina.cases["draft"],
            fact_id=fresh_id(), back_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT,
        ),
        ABSENT, "case-step-impossible", ABSENT, ABSENT,
    ),
    Operation(
        "casework.withdraw_case",
        lambda of, who: casework.withdraw_case(
            of.mina.cases["draft"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.case",
        lambda of, who: casework.case(of.mina.cases["issued"], actor=who),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation(
        "casework.case_state",
        lambda of, who: casework.case_state(of.mina.cases["issued"], actor=who),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation("casework.cases_of", lambda _, who: casework.cases_of(actor=who), ABSENT, DONE, DONE, ABSENT),
    Operation(
        "casework.cases_by_code",
        lambda _, who: casework.cases_by_code({"0000-0000-0000"}, actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation("messaging.inbox", lambda _, who: messaging.inbox(who, limit=9), ABSENT, DONE, DONE, ABSENT),
    Operation(
        "disclosure.looks_at",
        lambda _, who: disclosure.looks_at(actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "disclosure.count_looks",
        lambda _, who: disclosure.count_looks(actor=who, since=AT),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "disclosure.evidence_for",
        lambda _, who: disclosure.evidence_for((), actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "documents.documents_of",
        lambda _, who: documents.documents_of(who, at=AT),
        EMPTY, DONE, DONE, EMPTY,
    ),
    Operation("documents.report_refusal", report_refusal, ABSENT, DONE, ABSENT, ABSENT),
    Operation(
        "documents.reports_of",
        lambda of, who: documents.reports_of(of.mina.document_id, actor=who),
        ABSENT, EMPTY, ABSENT, ABSENT,
    ),
    Operation(
        "documents.document_of_case",
        lambda of, who: documents.document_of_case(of.mina.cases["issued"], actor=who, at=AT) or [],
        EMPTY, DONE, EMPTY, EMPTY,
    ),
    # of the platform alone: no person decides, not even about their own case
    Operation(
        "casework.continue_gathering",
        lambda of, who: casework.continue_gathering(
            of.mina.cases["draft"], fact_id=fresh_id(), act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.decide_case",
        lambda of, who: casework.decide_case(
            of.mina.cases["issued"], act_id=fresh_id(), output_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.finish_case",
        lambda of, who: casework.finish_case(
            of.mina.cases["issued"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.tell_document_failed",
        lambda of, who: casework.tell_document_failed(
            of.mina.cases["issued"], act_id=fresh_id(), message_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.note_overdue",
        lambda _, who: casework.note_overdue(after=None, new_id=fresh_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "casework.recount_deadlines",
        lambda _, who: casework.recount_deadlines(after=None, new_id=fresh_id, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "directory.decree_closing",
        lambda _, who: directory.decree_closing(
            fresh_id(),
            directory.NewClosing(AT.date(), {"fa": "x", "en": "x"}, "x"),
            actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "documents.revoke_document",
        lambda of, who: documents.revoke_document(
            of.mina.document_id,
            reason=documents.RevocationReason.REPLACED, message_id=fresh_id(), actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "documents.document_id_of",
        lambda of, who: documents.document_id_of(of.mina.serial, actor=who),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.rewrap_keys",
        lambda _, who: people.rewrap_keys(limit=9, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.reindex_people",
        lambda _, who: people.reindex_people(after=people.START, limit=9, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "people.retire_wrapping_key",
        lambda _, who: people.retire_wrapping_key("0" * 16, actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of the person, and of the platform, which leaves a trace
    Operation(
        "people.person",
        lambda of, who: people.person(of.mina.subject_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "messaging.read_message",
        lambda of, who: messaging.read_message(message_of(of), actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "documents.document_of",
        lambda of, who: documents.document_of(of.mina.document_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "documents.document_file",
        lambda of, who: documents.document_file(of.mina.document_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    # of whoever has the code or the file; the actor is written into the trace
    Operation(
        "documents.check_by_code",
        lambda of, who: documents.check_by_code(
            of.mina.serial, "WRONG", actor=who, address="192.0.2.1", at=AT
        ),
        EMPTY, EMPTY, EMPTY, EMPTY,
    ),
    Operation(
        "documents.check_file",
        lambda of, who: documents.check_file(
            documents.document_file(of.mina.document_id, actor=of.mina.actor, at=AT).content,
            roots=(), actor=who, address="192.0.2.1", at=AT,
        ),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "documents.check_by_digest",
        lambda _, who: documents.check_by_digest(b"x" * 32, actor=who, address="192.0.2.1", at=AT),
        EMPTY, EMPTY, EMPTY, EMPTY,
    ),
    Operation("documents.request_receipt", request_receipt, DONE, DONE, DONE, DONE),
    # of officers: not even the person a role is about acts for one; what an officer may is in test_grants.py
    Operation("people.request_grant", request_grant, ABSENT, ABSENT, ABSENT, ABSENT),
    Operation(
        "people.approve_grant",
        lambda _, who: people.approve_grant(fresh_id(), act_id=fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.refuse_grant",
        lambda _, who: people.refuse_grant(
            fresh_id(), reason=people.RefuseReason.TOO_LONG, act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.revoke_grant",
        lambda _, who: people.revoke_grant(
            fresh_id(), reason=people.RevokeReason.LEFT, act_id=fresh_id(), actor=who, at=AT
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grant",
        lambda _, who: people.grant(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grant_acts",
        lambda _, who: people.grant_acts(fresh_id(), actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.grants_at",
        lambda _, who: people.grants_at(actor=who, at=AT, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "people.officer_names",
        lambda of, who: people.officer_names([of.mina.subject_id], actor=who, at=AT),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    Operation(
        "audit.acts_of",
        lambda _, who: audit.acts_of(actor=who, limit=9),
        ABSENT, ABSENT, ABSENT, ABSENT,
    ),
    # of the platform's operator, at the command line
    Operation("people.name_first_grantor", name_first_grantor, ABSENT, ABSENT, ABSENT, DONE),
    # steps and jobs: the caller holds the right already, the actor is written into the record
    Operation(
        "documents.request_document", request_document, DONE, DONE, DONE, DONE
    ),
    Operation("disclosure.request_fact", request_fact, DONE, DONE, DONE, DONE),
    Operation(
        "disclosure.fetch_fact",
        lambda _, who: disclosure.fetch_fact(fresh_id(), actor=who, at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation("exchange.ask", ask, DONE, DONE, DONE, DONE),
    Operation(
        "audit.record",
        lambda _, who: audit.record(event="tests.thing.done", actor=who, subject="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "audit.trace_accesses",
        lambda of, who: audit.trace_accesses([of.mina.subject_id], actor=who, what="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "audit.own_proofs",
        lambda _, who: audit.own_proofs(
            actor=who, things=[], at=AT, log_directory=Path("none"), checkpoint_directory=Path("none")
        ),
        ABSENT, ABSENT, ABSENT, ABSENT,  # nothing is published; whose the record is, is the actor's
    ),
    Operation(
        "audit.trace_access",
        lambda of, who: audit.trace_access(subject_id=of.mina.subject_id, actor=who, what="x", at=AT),
        DONE, DONE, DONE, DONE,
    ),
    *of_indices.ACTING,
    *of_consents.ACTING,
)  # fmt: skip

PUBLIC = "public: the same for everybody, and nothing personal in it"
PURE = "pure: answers from what it is given"
BY_BROWSER = "before anybody is known: only the browser that began the sign-in gets an answer"
BY_REFERENCE = "whoever made the check: its reference is 128 random bits, and what it opens names nobody"
CALLERS_RIGHT = "the caller has the right to the person or the case whose id it hands in"
WORK = "work of the platform itself: jobs, commands and the sequencer call it, no page does"
WITHOUT_ACTOR = {
    PUBLIC: {
        "audit.check_leaf", "audit.inclusion_proof", "audit.sequenced_leaf", "audit.leaves_after",
        "audit.verify_log",
        "catalogue.citations", "catalogue.current_pack", "catalogue.lost_law", "catalogue.pack",
        "catalogue.pack_files",
        "catalogue.published_services",
        "catalogue.added_words", "catalogue.search", "catalogue.search_exactly", "catalogue.service",
        "directory.agencies", "directory.agency", "directory.calendar_version",
        "directory.compare_directory",
        "directory.divisions", "directory.divisions_below", "directory.legal_articles",
        "directory.legal_instrument", "directory.legal_instruments", "directory.legal_relations",
        "directory.provenance",
        "directory.province", "directory.successions_of", "directory.units_of", "directory.working_calendar",
        "exchange.data_set", "exchange.data_sets", "exchange.legal_basis_title", "exchange.purpose_title",
        "figures.counted_at", "figures.events_behind", "figures.figure_table", "figures.figure_totals",
        "figures.find_definition",
        "figures.read_definitions", "figures.verify_figure", "messaging.practice_outbox",
        *of_indices.PUBLIC,
    },
    PURE: {
        "casework.fields_of", "casework.page_of", "casework.pages_to_answer",
        "catalogue.decide", "catalogue.document_data", "catalogue.initial", "catalogue.is_shown",
        "catalogue.request_of", "catalogue.sort_key",
        "directory.changed_days",
        "documents.read_document_key", "documents.read_roots", "documents.read_serial",
        "documents.instant", "documents.read_voucher", "documents.reason_text", "documents.reason_texts",
        "documents.statement_of_document", "documents.statement_of_file", "documents.write_voucher",
        *of_indices.PURE,
    },
    BY_BROWSER: {
        "people.allow_program", "people.begin_sign_in", "people.confirm_code", "people.give_birth_date",
        "people.give_mobile", "people.give_number", "people.give_up_sign_in", "people.kept_consent",
        "people.resend_code",
        "people.sign_in",
        "people.sign_in_state",
    },
    CALLERS_RIGHT: {
        "audit.accesses_of",
        "disclosure.discard_facts", "disclosure.facts_of",
        "exchange.count_receipts", "exchange.evidence_of", "exchange.forget_questions",
        "exchange.prove_receipt",
        "exchange.receipt_evidence", "exchange.receipt_of", "exchange.receipts_of",
        "documents.give_up_document", "messaging.drop_notices",
        "messaging.post_message",
        "people.account", "people.account_of_subject", "people.allows", "people.labels",
        "people.mobile_to_notify", "people.posts_of",
    },
    BY_REFERENCE: {"documents.receipt", "documents.receipt_file"},
    WORK: {
        "documents.forget_receipt_files", "documents.issue_receipt",
        "audit.export_log", "audit.proofs_of",
        "audit.last_checkpoint", "audit.latest_facts", "audit.publish_checkpoint",
        "audit.sequence_leaves", "audit.write_log",
        "catalogue.install_packs", "directory.import_directory",
        "disclosure.ask_again", "documents.issue_document",
        "documents.remake_documents", "exchange.verify_receipt", "figures.roll_up",
        "messaging.send_code", "messaging.send_sms", "messaging.tell_program_allowed",
        "people.ask_registers", "people.code_to_send", "people.conclude_check", "people.expire_sign_ins",
        "people.stop_check", "upkeep.note_failure", "upkeep.note_sign",
        *of_indices.WORK,
    },
}  # fmt: skip
