"""The table of addresses: who may do what, and what everybody else is told.

One line for a route and a method, for each thing of Mina's it can be about. `anonymous` has not signed in,
`owner` is Mina, `other` is Arash, who is signed in too. What is not in the table is refused with 405; HEAD is
answered as GET where GET only reads, and refused where GET writes by its protocol.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from tests.platform.access.country import SERVICE, Citizen

SIGN_IN = "to sign-in"  # led to signing in, and from there back
ON = 302  # led on to another page
FIGURE = "cases-by-state-and-day"
PAGE = "which-address"
NOBODYS = UUID("019aaa25-df00-7000-8000-000000000001")


@dataclass(frozen=True)
class Line:
    """One line of the table. `of` names the thing of Mina's; `typed` is what a form sends."""

    route: str
    method: str
    of: str
    anonymous: int | str
    owner: int | str
    other: int | str
    typed: dict[str, str] = field(default_factory=dict)
    head: bool = True  # whether HEAD is answered as GET is
    form: bool = True  # whether a POST is a form with its token; programs send no cookie and need none

    @property
    def id(self) -> str:
        return f"{self.method} {self.route} {self.of}".strip()


ANSWER = {"source": "register"}
LINES = (
    #    route                         method  of          anonymous  owner  other
    # the program itself
    Line("live", "GET", "", 200, 200, 200),
    Line("ready", "GET", "", 200, 200, 200),
    # public: the same for everybody
    Line("public:home", "GET", "", 200, 200, 200),
    Line("public:services", "GET", "", 200, 200, 200),
    Line("public:service", "GET", "service", 200, 200, 200),
    Line("public:service_data", "GET", "service", 200, 200, 200),
    Line("public:check", "GET", "", 200, 200, 200),
    Line("public:check", "POST", "", 422, 422, 422),
    Line("public:check_file", "POST", "", 422, 422, 422),
    Line("public:check_script", "GET", "", 200, 200, 200),
    Line("public:check_request_receipt", "POST", "", 422, 422, 422),
    Line("public:check_receipt", "GET", "reference", 404, 404, 404),  # whoever knows the reference may
    Line("public:check_receipt_file", "GET", "reference", 404, 404, 404),
    Line("public:check_number", "GET", "serial", 200, 200, 200),
    Line("public:law", "GET", "reader", 200, 200, 200),
    Line("public:agencies", "GET", "", 200, 200, 200),
    Line("public:agency", "GET", "agency", 200, 200, 200),
    Line("public:reference_data", "GET", "", 200, 200, 200),
    Line("public:instrument", "GET", "instrument", 200, 200, 200),
    Line("public:practice_outbox", "GET", "", 200, 200, 200),
    Line("public:about", "GET", "", 200, 200, 200),
    Line("public:accessibility", "GET", "", 200, 200, 200),
    Line("public:privacy", "GET", "", 200, 200, 200),
    Line("public:standards", "GET", "", 200, 200, 200),
    Line("public:style", "GET", "", 200, 200, 200),
    Line("public:style_subject", "GET", "part", 200, 200, 200),
    Line("oversight:figure", "GET", "figure", 200, 200, 200),
    Line("oversight:figure_events", "GET", "figure", 200, 200, 200),
    Line("oversight:figure_events_csv", "GET", "figure", 200, 200, 200),
    Line("oversight:event", "GET", "leaf", 404, 404, 404),  # nothing is counted in this country yet
    Line("oversight:proof", "GET", "leaf", 404, 404, 404),  # nothing is published in this country yet
    Line("oversight:indices", "GET", "", 200, 200, 200),
    Line("oversight:index_choose_country", "GET", "", ON, ON, ON),
    Line("oversight:index_country", "GET", "state", 200, 200, 200),
    Line("oversight:index_edition", "GET", "edition of states", 200, 200, 200),
    Line("oversight:index_check", "GET", "state in an edition", 200, 200, 200),
    Line("oversight:index_choose_why", "GET", "", ON, ON, ON),
    Line("oversight:index_why", "GET", "state between editions", 200, 200, 200),
    Line("oversight:index_compare", "GET", "", 200, 200, 200),
    Line("oversight:index_what_if", "GET", "", 200, 200, 200),
    Line("oversight:index_keep", "POST", "", 404, 404, 404),  # the form names no state
    Line("oversight:index_scenario", "GET", "scenario", 404, 404, 404),  # whoever knows the code may
    Line("oversight:index_targets", "GET", "", 200, 200, 200),
    Line("oversight:index_data", "GET", "", 200, 200, 200),
    Line("oversight:index_method", "GET", "", 200, 200, 200),
    Line("oversight:assessments", "GET", "", 200, 200, 200),
    Line("oversight:assessment", "GET", "assessment", 404, 404, 404),  # only closed ones, and here is none
    Line("oversight:assessment_csv", "GET", "assessment", 404, 404, 404),
    Line("oversight:index_others", "GET", "", 200, 200, 200),
    Line("oversight:index_other", "GET", "other index", 200, 200, 200),
    Line("oversight:index_questions", "GET", "", 200, 200, 200),
    Line("oversight:index_question_list", "GET", "question list", 200, 200, 200),
    Line("oversight:index_raw", "GET", "state", 200, 200, 200),
    Line("api_reference", "GET", "", 200, 200, 200),
    # programs: no account; the form that is typed here is no JSON
    Line("rest:openapi", "GET", "", 200, 200, 200),
    Line("rest:services", "GET", "", 200, 200, 200),
    Line("rest:service_search", "GET", "", 200, 200, 200),
    Line("rest:service", "GET", "service", 200, 200, 200),
    Line("rest:figures", "GET", "", 200, 200, 200),
    Line("rest:figure", "GET", "figure", 200, 200, 200),
    Line("rest:figure_events", "GET", "figure", 200, 200, 200),
    Line("rest:indices", "GET", "", 200, 200, 200),
    Line("rest:index_edition", "GET", "edition", 200, 200, 200),
    Line("rest:index_values", "GET", "edition", 200, 200, 200),
    Line("rest:index_edition_file", "GET", "edition", 200, 200, 200),
    Line("rest:index_file", "GET", "other index", 200, 200, 200),
    Line("rest:index_raw_file", "GET", "", 200, 200, 200),
    Line("rest:index_questions_file", "GET", "question list", 200, 200, 200),
    Line("rest:index_check", "GET", "index figure", 200, 200, 200),
    Line("rest:index_series", "GET", "index of a state", 200, 200, 200),
    Line("rest:index_targets", "GET", "", 200, 200, 200),
    Line("rest:index_catalogue", "GET", "", 200, 200, 200),
    Line("rest:index_scenario", "GET", "scenario", 404, 404, 404),  # whoever knows the code may
    Line("rest:index_scenario_table", "GET", "scenario", 404, 404, 404),
    Line("rest:index_assessments", "GET", "", 200, 200, 200),
    Line("rest:index_assessment", "GET", "assessment", 404, 404, 404),
    Line("rest:document_checks", "POST", "", 415, 415, 415, form=False),
    Line("rest:document_check_receipts", "POST", "", 415, 415, 415, form=False),
    Line("rest:document_check_receipt", "GET", "reference", 404, 404, 404),
    Line("rest:document_check_receipt_file", "GET", "reference", 404, 404, 404),
    # programs of a person: a session is nothing to them; what a token opens is in ../rest/test_own_things
    Line("rest:my_cases", "GET", "", 401, 401, 401),
    Line("rest:my_case", "GET", "issued", 401, 401, 401),
    Line("rest:my_case_withdrawal", "POST", "draft", 401, 401, 401, form=False),
    Line("rest:my_documents", "GET", "", 401, 401, 401),
    Line("rest:my_document", "GET", "document", 401, 401, 401),
    Line("rest:my_document_file", "GET", "document", 401, 401, 401),
    Line("rest:my_accesses", "GET", "", 401, 401, 401),
    # signing in and out: no identity provider answers here, so leaving for it is told as 503
    Line("citizen:sign_in", "GET", "", 503, ON, ON, head=False),
    Line("citizen:sign_in", "POST", "", 503, ON, ON),
    Line("citizen:sign_in_callback", "GET", "", 400, ON, ON, head=False),
    Line("citizen:sign_out", "POST", "", ON, ON, ON),
    # the account plane: whose browser began a sign-in, not who is signed in
    Line("citizen:account_sign_in", "GET", "", 410, 410, 410, head=False),
    Line("citizen:account_number", "GET", "sign-in", 404, 200, 404),
    Line("citizen:account_number", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_code", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_code", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_another_code", "POST", "sign-in", 404, ON, 404),
    Line("citizen:account_birth_date", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_birth_date", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_mobile", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_mobile", "POST", "sign-in", 404, 422, 404),
    Line("citizen:account_waiting", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_finish", "GET", "sign-in", 404, ON, 404, head=False),
    Line("citizen:account_consent", "GET", "sign-in", 404, ON, 404),
    Line("citizen:account_consent", "POST", "sign-in", 404, ON, 404),
    Line("citizen:account_cancel", "POST", "sign-in", 404, ON, 404),
    # a person's own cases
    Line("citizen:cases", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:start", "GET", "service", ON, ON, ON),
    Line("citizen:start", "POST", "service", SIGN_IN, ON, ON),
    Line("citizen:case", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:case", "GET", "refused", SIGN_IN, 200, 404),
    Line("citizen:question", "GET", "draft", SIGN_IN, 200, 404),
    Line("citizen:question", "POST", "draft", SIGN_IN, ON, 404, typed=ANSWER),
    Line("citizen:question", "GET", "issued", SIGN_IN, ON, 404),
    Line("citizen:question", "POST", "issued", SIGN_IN, ON, 404, typed=ANSWER),
    Line("citizen:submit", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:wrong_fact", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:ask_again", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "GET", "draft", SIGN_IN, 200, 404),
    Line("citizen:withdraw", "POST", "draft", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "GET", "issued", SIGN_IN, ON, 404),
    Line("citizen:withdraw", "POST", "issued", SIGN_IN, ON, 404),
    Line("citizen:case_answers", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case_answers", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:case_receipt", "GET", "draft", SIGN_IN, ON, 404),
    Line("citizen:case_receipt", "GET", "issued", SIGN_IN, 200, 404),
    Line("citizen:submit", "POST", "issued", SIGN_IN, ON, 404),
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:sign_in", "GET", "", 503, 503, 503, head=False),
    Line("desk:sign_in", "POST", "", 503, 503, 503),
    Line("desk:sign_in_callback", "GET", "", 400, 400, 400, head=False),
    Line("desk:sign_out", "POST", "", ON, ON, ON),
    Line("desk:place", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:home", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:acts", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:grants", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_grant", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_grant", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:approve_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:revoke_grant", "GET", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:revoke_grant", "POST", "grant", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:jobs", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:job", "GET", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:retry_job", "POST", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:put_aside_job", "GET", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:put_aside_job", "POST", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:erasures", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_erasure", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_erasure", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:erasure", "GET", "order", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:approve_erasure", "POST", "order", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:refuse_erasure", "POST", "order", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:editions", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_edition", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_edition", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_template", "GET", "other index", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_method", "GET", "other index", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition", "GET", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:edition_file", "GET", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:accept_edition", "POST", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:turn_down_edition", "POST", "proposal", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:security", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_breach", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_breach", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:breach", "GET", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:settle_notice", "POST", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_breach", "POST", "breach", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessments", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_assessment", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:new_assessment", "POST", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_part", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_question", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:answer_question", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:settle_question", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:look_at_portals", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:assessment_result", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_assessment", "GET", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:close_assessment", "POST", "assessment", SIGN_IN, SIGN_IN, SIGN_IN),
    # messages, documents, accesses
    Line("citizen:inbox", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:message", "GET", "message", SIGN_IN, 200, 404, head=False),
    Line("citizen:documents", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:document", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:document_file", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:not_accepted", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:not_accepted", "POST", "document", SIGN_IN, 422, 404),
    Line("citizen:not_accepted_why", "POST", "document", SIGN_IN, 404, 404),  # no such organisation
    Line("citizen:not_accepted_reports", "GET", "document", SIGN_IN, 200, 404),
    Line("citizen:accesses", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:all_receipts", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:own_proofs", "GET", "", SIGN_IN, 404, 404),  # nothing is published here
    Line("citizen:receipt", "GET", "receipt", SIGN_IN, 200, 404),
    Line("citizen:receipt_file", "GET", "receipt", SIGN_IN, 200, 404),
    Line("citizen:programs", "GET", "", SIGN_IN, 200, 200),
    Line("citizen:take_back", "GET", "consent", SIGN_IN, 200, 404),
    Line("citizen:take_back", "POST", "consent", SIGN_IN, ON, 404),
    Line("citizen:receipt_bundle", "GET", "receipt", SIGN_IN, 404, 404),  # no registry answers here
)
# What stands in an address for a thing of somebody's; the same function gives Mina's and Arash's.
THINGS: dict[str, Callable[[Citizen], dict[str, object]]] = {
    "": lambda _: {},
    "service": lambda _: {"service_id": SERVICE},
    "reader": lambda _: {"reader": "courts"},
    "agency": lambda _: {"agency_id": "post"},
    "instrument": lambda _: {"instrument_id": "postal-code-act-1376"},
    "reference": lambda _: {"reference": "nobodys"},
    "serial": lambda citizen: {"serial": citizen.serial},
    "figure": lambda _: {"figure_id": FIGURE},
    "edition": lambda _: {"index": "egdi", "edition": "2024"},
    "index figure": lambda _: {"index": "egdi", "edition": "2024", "country": "IRN"},
    "index of a state": lambda _: {"index": "egdi", "country": "IRN"},
    "state": lambda _: {"iso3": "IRN"},
    "edition of states": lambda _: {"edition": "2024"},
    "state in an edition": lambda _: {"edition": "2024", "iso3": "IRN"},
    "state between editions": lambda _: {"iso3": "IRN", "before": "2020", "after": "2024"},
    "assessment": lambda _: {"assessment_id": NOBODYS},
    "scenario": lambda _: {"code": "nobodys-one"},
    "other index": lambda _: {"index": "odin"},
    "question list": lambda _: {"question_set": "osi-2024"},
    "proposal": lambda _: {"proposal_id": NOBODYS},
    "part": lambda _: {"subject": "status"},
    "leaf": lambda _: {"log_index": 0},
    "sign-in": lambda citizen: {"challenge_id": citizen.challenge_id},
    "draft": lambda citizen: {"case_id": citizen.cases["draft"]},
    "issued": lambda citizen: {"case_id": citizen.cases["issued"]},
    "refused": lambda citizen: {"case_id": citizen.cases["refused"]},
    "message": lambda citizen: {"message_id": citizen.message_ids[0]},
    "document": lambda citizen: {"document_id": citizen.document_id},
    "receipt": lambda citizen: {"receipt_id": citizen.receipt_ids[0]},
    "consent": lambda citizen: {"consent_id": citizen.consent_id},
    "grant": lambda _: {"grant_id": NOBODYS},
    "job": lambda _: {"job_id": 1},
    "order": lambda _: {"order_id": NOBODYS},
    "breach": lambda _: {"number": 1},
}
# Parts of an address that are nobody's.
PLAIN: dict[str, dict[str, object]] = {
    "citizen:question": {"page_id": PAGE},
    "citizen:wrong_fact": {"evidence_id": "person"},
    "desk:assessment_part": {"part": "IF"},
    "desk:assessment_question": {"code": "204"},
    "desk:answer_question": {"code": "204"},
    "desk:settle_question": {"code": "204"},
}
# The things of a person, each of which must look absent to everybody else.
OWNED = (
    *("sign-in", "draft", "issued", "refused", "message", "document", "receipt", "grant", "order"),
    *("proposal", "assessment", "consent"),
)
