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
SEARCH: Final = Policy("search", Scope.ADDRESS, 1_200, _MINUTE)
SIGN_IN: Final = Policy("sign-in", Scope.ADDRESS, 600, _MINUTE)
READING: Final = Policy("reading", Scope.ADDRESS, 1_200, _MINUTE)
KEEPING: Final = Policy("keeping", Scope.ADDRESS, 120, _TEN_MINUTES)
# Two for one route: a person may not fill our tables, and a thief of a session may not carry all away.
DOING: Final = Policy("doing", Scope.ACCOUNT, 300, _TEN_MINUTES)
TAKING_AWAY: Final = Policy("taking-away", Scope.ACCOUNT, 60, _TEN_MINUTES)

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
    "rest:index_check": (READING,),
    "rest:index_series": (READING,),
    "rest:index_targets": (READING,),
    "rest:index_catalogue": (READING,),
    "oversight:figure_events_csv": (READING,),
    "oversight:index_keep": (KEEPING,),
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
}
