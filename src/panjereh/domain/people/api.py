"""The door of the room `people`: subjects, accounts, the proof of identity at sign-in, roles of officers.

A sign-in that knows no account and one that does take the same steps: after the national number both show the
page for a code, and only the phone of an account gets one. Whoever has no account, or no longer that phone,
goes on from that page with birth date and mobile. So nobody learns from our answers who has an account.

Operations own a durable transaction. Steps (`code_to_send`) run inside the caller's. `ask_registers` does I/O
and is for jobs only.
"""

from panjereh.domain.people.access import Visitor
from panjereh.domain.people.consents import (
    Asked,
    Consents,
    ConsentView,
    allows,
    consent,
    consents_of,
    kept_consent,
    program_names,
)
from panjereh.domain.people.events import CodeWanted, ConsentEnded, ProgramAllowed, SubjectErased
from panjereh.domain.people.officers import check_role
from panjereh.domain.people.operations.allow_program import allow_program
from panjereh.domain.people.operations.begin_sign_in import begin_sign_in
from panjereh.domain.people.operations.change_keys import retire_wrapping_key, rewrap_keys
from panjereh.domain.people.operations.check_identity import ask_registers, conclude_check, stop_check
from panjereh.domain.people.operations.confirm_code import CodeExpired, CodeWrong, confirm_code
from panjereh.domain.people.operations.erase_subject import (
    ErasureReport,
    PastOrder,
    erase_again,
    erase_subject,
    order_to_carry_out,
)
from panjereh.domain.people.operations.finish_sign_in import expire_sign_ins, give_up_sign_in
from panjereh.domain.people.operations.give_birth_date import give_birth_date
from panjereh.domain.people.operations.give_mobile import give_mobile
from panjereh.domain.people.operations.give_number import give_number
from panjereh.domain.people.operations.grant_role import (
    approve_grant,
    name_first_grantor,
    refuse_grant,
    request_grant,
    revoke_grant,
)
from panjereh.domain.people.operations.open_account import AccountLocked
from panjereh.domain.people.operations.order_erasure import approve_erasure, ask_erasure, refuse_erasure
from panjereh.domain.people.operations.reindex_people import START, Reindexed, reindex_people
from panjereh.domain.people.operations.resend_code import resend_code
from panjereh.domain.people.operations.take_back_consent import note_end_told, take_back_consent
from panjereh.domain.people.operations.take_code import CodeToSend, code_to_send
from panjereh.domain.people.orders import OrderView, erasure_order, erasure_orders, order_names
from panjereh.domain.people.posts import (
    GrantAct,
    GrantView,
    grant,
    grant_acts,
    grantors_of,
    grants_at,
    officer_names,
    officer_of_number,
    posts_of,
    role_holders,
)
from panjereh.domain.people.queries import (
    AccountView,
    Person,
    SignInView,
    account,
    account_of_number,
    account_of_subject,
    labels,
    mobile_to_notify,
    person,
    sign_in,
    sign_in_state,
)
from panjereh.domain.people.refusals import (
    EnoughGrantors,
    ErasureAskedAlready,
    ErasureStepImpossible,
    GrantHeldAlready,
    GrantPeriodWrong,
    GrantStepImpossible,
    HolderWithoutAccount,
    IdentityNotCheckable,
    IdentityNotConfirmed,
    NoSuchOfficer,
    NotOverOneself,
    OtherOperatorNeeded,
    RoleInForce,
    RoleNotThere,
    SignInExpired,
    SignInStepImpossible,
    TooManyAttempts,
    UnitNotThere,
)
from panjereh.domain.people.rules.consents import ConsentEnd
from panjereh.domain.people.rules.erasures import ErasureReason, OrderState
from panjereh.domain.people.rules.grants import FirstReason, GrantState, RefuseReason, RevokeReason
from panjereh.domain.people.rules.identity import Findings
from panjereh.domain.people.rules.states import SignInPath, SignInState
from panjereh.domain.people.signed_in import SignedIn

__all__ = [
    "START",
    "AccountLocked",
    "AccountView",
    "Asked",
    "CodeExpired",
    "CodeToSend",
    "CodeWanted",
    "CodeWrong",
    "ConsentEnd",
    "ConsentEnded",
    "ConsentView",
    "Consents",
    "EnoughGrantors",
    "ErasureAskedAlready",
    "ErasureReason",
    "ErasureReport",
    "ErasureStepImpossible",
    "Findings",
    "FirstReason",
    "GrantAct",
    "GrantHeldAlready",
    "GrantPeriodWrong",
    "GrantState",
    "GrantStepImpossible",
    "GrantView",
    "HolderWithoutAccount",
    "IdentityNotCheckable",
    "IdentityNotConfirmed",
    "NoSuchOfficer",
    "NotOverOneself",
    "OrderState",
    "OrderView",
    "OtherOperatorNeeded",
    "PastOrder",
    "Person",
    "ProgramAllowed",
    "RefuseReason",
    "Reindexed",
    "RevokeReason",
    "RoleInForce",
    "RoleNotThere",
    "SignInExpired",
    "SignInPath",
    "SignInState",
    "SignInStepImpossible",
    "SignInView",
    "SignedIn",
    "SubjectErased",
    "TooManyAttempts",
    "UnitNotThere",
    "Visitor",
    "account",
    "account_of_number",
    "account_of_subject",
    "allow_program",
    "allows",
    "approve_erasure",
    "approve_grant",
    "ask_erasure",
    "ask_registers",
    "begin_sign_in",
    "check_role",
    "code_to_send",
    "conclude_check",
    "confirm_code",
    "consent",
    "consents_of",
    "erase_again",
    "erase_subject",
    "erasure_order",
    "erasure_orders",
    "expire_sign_ins",
    "give_birth_date",
    "give_mobile",
    "give_number",
    "give_up_sign_in",
    "grant",
    "grant_acts",
    "grantors_of",
    "grants_at",
    "kept_consent",
    "labels",
    "mobile_to_notify",
    "name_first_grantor",
    "note_end_told",
    "officer_names",
    "officer_of_number",
    "order_names",
    "order_to_carry_out",
    "person",
    "posts_of",
    "program_names",
    "refuse_erasure",
    "refuse_grant",
    "reindex_people",
    "request_grant",
    "resend_code",
    "retire_wrapping_key",
    "revoke_grant",
    "rewrap_keys",
    "role_holders",
    "sign_in",
    "sign_in_state",
    "stop_check",
    "take_back_consent",
]
