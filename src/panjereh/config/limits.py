"""Which routes are limited, for whom and how far: the one table.

Numbers per address are for an address that a few thousand people share, as behind a mobile operator in Iran;
numbers per account are what one person with two hands does not reach. An installation whose people all come
from one address, such as a closed network, needs `PANJEREH_TRUSTED_PROXIES` to be right before anything else.

Not here, because it is counted where it is decided: codes, sendings and checks of a sign-in
(`people.rules.caps`), checks of documents and their receipts (`documents.caps`), calls of clients to the
identity provider (its own setting), questions between agencies (contracts of the exchange).
"""

import datetime as dt
from typing import Final

from panjereh.plumbing.policies import Policy, Scope

_MINUTE, _TEN_MINUTES = dt.timedelta(minutes=1), dt.timedelta(minutes=10)
_HOUR = dt.timedelta(hours=1)
SEARCH: Final = Policy("search", Scope.ADDRESS, 1_200, _MINUTE)
SIGN_IN: Final = Policy("sign-in", Scope.ADDRESS, 600, _MINUTE)
READING: Final = Policy("reading", Scope.ADDRESS, 1_200, _MINUTE)
KEEPING: Final = Policy("keeping", Scope.ADDRESS, 120, _TEN_MINUTES)
# Two for one route: a person may not fill our tables, and a thief of a session may not carry all away.
DOING: Final = Policy("doing", Scope.ACCOUNT, 300, _TEN_MINUTES)
TAKING_AWAY: Final = Policy("taking-away", Scope.ACCOUNT, 60, _TEN_MINUTES)
# At the desk people work for hours: far above what two hands reach, far below what a script would take.
LOOKING: Final = Policy("desk-looking", Scope.ACCOUNT, 600, _TEN_MINUTES)

# How many people's data one asker may carry away, whatever else it may do. Of an officer it is the people
# looked at, counted from the access traces themselves; of a program the answers about people.
EXPORT_LIMITS: Final[dict[str, Policy]] = {
    "desk": Policy("people-at-the-desk", Scope.ACCOUNT, 500, _HOUR),
    "program": Policy("program", Scope.PROGRAM, 20_000, _HOUR),
    "program-of-one": Policy("program-of-one", Scope.ACCOUNT, 600, _HOUR),
}
# From how many on somebody is noted as a sign of intrusion, once in a window (`web/signs.py`).
SIGNS: Final[dict[str, Policy]] = {
    "limit": Policy("sign-limit", Scope.ACCOUNT, 0, _HOUR),
    "refused": Policy("sign-refused", Scope.ACCOUNT, 9, _TEN_MINUTES),
    "tokens": Policy("sign-tokens", Scope.ADDRESS, 29, _TEN_MINUTES),
    "codes": Policy("sign-codes", Scope.ADDRESS, 29, _HOUR),
}

REQUEST_LIMITS: Final[dict[str, tuple[Policy, ...]]] = {
    "public:services": (SEARCH,),
    "rest:service_search": (SEARCH,),
    "rest:services": (READING,),
    "rest:service": (READING,),
    "rest:figures": (READING,),
    "rest:figure": (READING,),
    "rest:figure_events": (READING,),
    "rest:indices": (READING,),
    "rest:index_edition": (READING,),
    "rest:index_values": (READING,),
    "rest:index_edition_file": (READING,),
    "rest:index_file": (READING,),
    "rest:index_raw_file": (READING,),
    "rest:index_questions_file": (READING,),
    "rest:index_check": (READING,),
    "rest:index_series": (READING,),
    "rest:index_targets": (READING,),
    "rest:index_catalogue": (READING,),
    "rest:index_scenario": (READING,),
    "rest:index_scenario_table": (READING,),
    "rest:index_assessments": (READING,),
    "rest:index_assessment": (READING,),
    "oversight:figure_events_csv": (READING,),
    "oversight:index_keep": (KEEPING,),
    "oversight:assessment_csv": (READING,),
    "public:check_receipt_file": (READING,),
    "rest:document_check_receipt_file": (READING,),
    # By address, for a program's token is looked at only later: each costs a call to the identity provider.
    "rest:my_cases": (READING,),
    "rest:my_case": (READING,),
    "rest:my_case_withdrawal": (READING,),
    "rest:my_documents": (READING,),
    "rest:my_document": (READING,),
    "rest:my_document_file": (READING,),
    "rest:my_accesses": (READING,),
    "citizen:sign_in": (SIGN_IN,),
    "citizen:account_sign_in": (SIGN_IN,),
    "desk:sign_in": (SIGN_IN,),
    "citizen:start": (DOING,),
    "citizen:question": (DOING,),
    "citizen:submit": (DOING,),
    "citizen:ask_again": (DOING,),
    "citizen:withdraw": (DOING,),
    "citizen:not_accepted": (DOING,),
    "citizen:not_accepted_why": (DOING,),
    "citizen:case_receipt": (TAKING_AWAY,),
    "citizen:document_file": (TAKING_AWAY,),
    "citizen:receipt_file": (TAKING_AWAY,),
    "citizen:receipt_bundle": (TAKING_AWAY,),
    "desk:home": (LOOKING,),
    "desk:acts": (LOOKING,),
    "desk:grants": (LOOKING,),
    "desk:grant": (LOOKING,),
    "desk:jobs": (LOOKING,),
    "desk:job": (LOOKING,),
    "desk:security": (LOOKING,),
    "desk:breach": (LOOKING,),
    "desk:editions": (LOOKING,),
    "desk:edition": (LOOKING,),
    "desk:edition_file": (LOOKING,),
    "desk:new_edition": (DOING,),
    "desk:accept_edition": (DOING,),
    "desk:turn_down_edition": (DOING,),
    "desk:erasures": (LOOKING,),
    "desk:erasure": (LOOKING,),
    "desk:new_erasure": (DOING,),
    "desk:approve_erasure": (DOING,),
    "desk:refuse_erasure": (DOING,),
    "desk:place": (DOING,),
    "desk:new_grant": (DOING,),
    "desk:approve_grant": (DOING,),
    "desk:refuse_grant": (DOING,),
    "desk:revoke_grant": (DOING,),
    "desk:retry_job": (DOING,),
    "desk:put_aside_job": (DOING,),
    "desk:new_breach": (DOING,),
    "desk:settle_notice": (DOING,),
    "desk:close_breach": (DOING,),
    "desk:assessments": (LOOKING,),
    "desk:assessment": (LOOKING,),
    "desk:assessment_part": (LOOKING,),
    "desk:assessment_question": (LOOKING,),
    "desk:assessment_result": (LOOKING,),
    "desk:new_assessment": (DOING,),
    "desk:answer_question": (DOING,),
    "desk:settle_question": (DOING,),
    "desk:look_at_portals": (DOING,),
    "desk:close_assessment": (DOING,),
    "desk:hand_over_seat": (DOING,),
}
