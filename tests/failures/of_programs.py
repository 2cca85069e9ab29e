"""More of the matrix: what programs are told that a person allowed something."""

from tests.failures.call import READING, Call

TOKENS, SIGN_IN = "platform/rest/test_tokens.py", "platform/sign_in/test_provider_failing.py"
_UNTOLD = f"{SIGN_IN}::test_an_end_of_a_consent_that_was_not_heard_of_is_told_again"

OF_PROGRAMS: tuple[Call, ...] = (
    Call(
        origin="web",
        to="identity provider",
        what="has a program's token looked at",
        places=("panjereh/rest/tokens/caller.py::caller_of",),
        failed=(f"{TOKENS}::test_while_the_identity_provider_is_away_nothing_is_told",),
        happened=READING,
        slow=(f"{TOKENS}::test_while_the_identity_provider_is_away_nothing_is_told",),
        twice=(f"{TOKENS}::test_a_proof_counts_once",),
    ),
    Call(
        origin="worker",
        to="identity provider",
        what="ends what a person took back",
        places=("panjereh/jobs/subscriptions.py::_end_tokens",),
        failed=(
            _UNTOLD,
            "platform/account/test_programs.py::test_an_end_that_could_not_be_told_is_told_later",
        ),
        happened=(_UNTOLD,),
        slow=(_UNTOLD,),
        twice=(f"{SIGN_IN}::test_an_end_of_a_consent_told_twice_is_one_end",),
    ),
)
