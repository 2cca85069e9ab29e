"""Rows of the room. Everything personal is sealed; what is searched has a blind index beside it."""

from collections.abc import Iterable

from django.db import models

from panjereh.domain.people.rules import caps, consents, erasures, grants, states
from panjereh_kernel.actor import OfficerRole

# Also a constraint: a length that cannot be a keyed index is a bug, found at the insert.
INDEX_BYTES = 32


def one_of(values: Iterable[str]) -> list[str]:
    """Return the stored words of an enumeration."""
    return [str(value) for value in values]


class Life(models.TextChoices):
    """Whether a person lives, as the civil registry last said."""

    ALIVE = "alive"
    DEAD = "dead"


class AccountState(models.TextChoices):
    """Whether an account opens anything."""

    ACTIVE = "active"
    LOCKED = "locked"


class Subject(models.Model):
    """A natural person. All values come from one answer of the register named in `source`."""

    SEALED_UNDER = "id"

    id = models.UUIDField(primary_key=True)
    sealed_given_name = models.BinaryField()
    sealed_family_name = models.BinaryField()
    sealed_father_name = models.BinaryField()
    sealed_birth_date = models.BinaryField()
    sealed_national_number = models.BinaryField()
    national_number_index = models.BinaryField(max_length=INDEX_BYTES)
    life = models.CharField(max_length=8, choices=Life.choices)
    source = models.CharField(max_length=40)
    source_as_of = models.DateTimeField()
    source_receipt_id = models.UUIDField()
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_subject_number_once", fields=["national_number_index"]),
            models.CheckConstraint(name="people_subject_life", condition=models.Q(life__in=one_of(Life))),
        ]


class AllottedSubject(models.Model):
    """The subject id of a national number, fixed at its first question to a register.

    Receipts of the exchange carry a subject id before there is a subject, and two sign-ins of one new person
    may run at once: the first to ask fixes the id for both.
    """

    national_number_index = models.BinaryField(primary_key=True, max_length=INDEX_BYTES)
    subject_id = models.UUIDField(unique=True)
    allotted_at = models.DateTimeField()


class Account(models.Model):
    """The right of one subject to sign in, with the mobile that codes go to."""

    id = models.UUIDField(primary_key=True)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT)
    sealed_mobile = models.BinaryField()
    mobile_index = models.BinaryField(max_length=INDEX_BYTES)
    mobile_source = models.CharField(max_length=40)
    mobile_as_of = models.DateTimeField()
    mobile_receipt_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=AccountState.choices)
    ial = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    proven_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_account_state", condition=models.Q(state__in=one_of(AccountState))
            ),
            models.CheckConstraint(
                name="people_account_proven_after_opened",
                condition=models.Q(proven_at__gte=models.F("opened_at")),
            ),
        ]
        indexes = [models.Index(name="people_account_mobile", fields=["mobile_index"])]


class SignInChallenge(models.Model):
    """One sign-in under way: ties the challenge of the identity provider to the steps on our pages.

    Sealed values are under the challenge's own key, which is erased at the end.
    """

    SEALED_UNDER = "id"

    id = models.UUIDField(primary_key=True)
    login_challenge = models.TextField(unique=True)
    browser_index = models.BinaryField(max_length=INDEX_BYTES)
    state = models.CharField(max_length=12)
    path = models.CharField(max_length=12)
    national_number_index = models.BinaryField(max_length=INDEX_BYTES, null=True)
    sealed_national_number = models.BinaryField(null=True)
    sealed_birth_date = models.BinaryField(null=True)
    sealed_mobile = models.BinaryField(null=True)
    sealed_findings = models.BinaryField(null=True)
    subject_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    # Message ids of the two questions: asked again after a crash, they are the same questions.
    person_check_id = models.UUIDField(null=True)
    mobile_check_id = models.UUIDField(null=True)
    awaited_register = models.CharField(max_length=40, default="", blank=True)
    refusal = models.CharField(max_length=40, default="", blank=True)
    refused_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_challenge_state", condition=models.Q(state__in=one_of(states.SignInState))
            ),
            models.CheckConstraint(
                name="people_challenge_path", condition=models.Q(path__in=one_of(states.SignInPath))
            ),
            models.CheckConstraint(
                name="people_challenge_finished_iff_ended",
                condition=models.Q(state__in=sorted(map(str, states.ENDS)), finished_at__isnull=False)
                | (~models.Q(state__in=sorted(map(str, states.ENDS))) & models.Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="people_challenge_accepted_has_account",
                condition=~models.Q(state=states.SignInState.ACCEPTED.value)
                | models.Q(account_id__isnull=False, subject_id__isnull=False),
            ),
            models.CheckConstraint(
                name="people_challenge_ended_keeps_nothing_typed",
                condition=models.Q(finished_at__isnull=True)
                | models.Q(
                    sealed_national_number__isnull=True,
                    sealed_birth_date__isnull=True,
                    sealed_mobile__isnull=True,
                    sealed_findings__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="people_challenge_running",
                fields=["expires_at"],
                condition=models.Q(finished_at__isnull=True),
            )
        ]


class OneTimeCode(models.Model):
    """One code of one sign-in. `sealed_code` and `sealed_mobile` are there until the code is handed over."""

    SEALED_UNDER = "challenge_id"

    id = models.UUIDField(primary_key=True)
    challenge = models.ForeignKey(SignInChallenge, on_delete=models.PROTECT)
    ordinal = models.PositiveSmallIntegerField()
    code_hash = models.BinaryField(max_length=INDEX_BYTES)
    is_decoy = models.BooleanField()
    mobile_index = models.BinaryField(max_length=INDEX_BYTES, null=True)
    sealed_mobile = models.BinaryField(null=True)
    sealed_code = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_code_ordinal_once", fields=["challenge", "ordinal"]),
            models.UniqueConstraint(
                name="people_code_one_alive",
                fields=["challenge"],
                condition=models.Q(voided_at__isnull=True, used_at__isnull=True),
            ),
            models.CheckConstraint(
                name="people_code_taken_is_erased",
                condition=models.Q(taken_at__isnull=True)
                | models.Q(sealed_code__isnull=True, sealed_mobile__isnull=True),
            ),
            models.CheckConstraint(
                name="people_code_decoy_never_used",
                condition=models.Q(is_decoy=False) | models.Q(used_at__isnull=True),
            ),
        ]


class AttemptCounter(models.Model):
    """How often something was tried in one hour for one account, mobile or address, each as a keyed HMAC."""

    kind = models.CharField(max_length=12)
    scope = models.CharField(max_length=8)
    key = models.BinaryField(max_length=INDEX_BYTES)
    window_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="people_attempts_once", fields=["kind", "scope", "key", "window_at"]
            ),
            models.CheckConstraint(
                name="people_attempts_kind", condition=models.Q(kind__in=one_of(caps.AttemptKind))
            ),
            models.CheckConstraint(
                name="people_attempts_scope", condition=models.Q(scope__in=one_of(caps.AttemptScope))
            ),
        ]
        indexes = [models.Index(name="people_attempts_window", fields=["window_at"])]


class OfficerGrant(models.Model):
    """One role of one person at an agency or one unit of it. The database knows the four eyes too."""

    id = models.UUIDField(primary_key=True)
    # No constraint: the grant of somebody who was erased stays, with an id that names nobody any more.
    holder = models.ForeignKey(Subject, on_delete=models.DO_NOTHING, db_constraint=False)
    role = models.CharField(max_length=16)
    agency_id = models.CharField(max_length=40)
    unit_id = models.CharField(max_length=80, default="", blank=True)
    days = models.PositiveSmallIntegerField()
    # None where a command named a first grantor, and for what was asked for before there was this column.
    last_day = models.DateField(null=True)
    state = models.CharField(max_length=12)
    # Subjects; nobody requested or decided what the operator's command granted.
    requested_by = models.UUIDField(null=True)
    requested_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_grant_state", condition=models.Q(state__in=one_of(grants.GrantState))
            ),
            models.CheckConstraint(
                name="people_grant_role", condition=models.Q(role__in=one_of(OfficerRole))
            ),
            models.CheckConstraint(
                name="people_grant_only_officers_in_units",
                condition=models.Q(unit_id="") | models.Q(role=OfficerRole.OFFICER.value),
            ),
            models.CheckConstraint(name="people_grant_days", condition=models.Q(days__range=(1, 366))),
            models.CheckConstraint(
                name="people_grant_four_eyes",
                condition=~models.Q(requested_by=models.F("holder"))
                & ~models.Q(decided_by=models.F("holder"))
                & ~models.Q(decided_by=models.F("requested_by")),
            ),
            models.CheckConstraint(
                name="people_grant_unapproved_is_a_first_grantor",
                condition=models.Q(requested_by__isnull=False)
                | models.Q(
                    role=OfficerRole.GRANTOR.value,
                    decided_by__isnull=True,
                    state__in=one_of(
                        [grants.GrantState.GRANTED, grants.GrantState.REVOKED, grants.GrantState.ENDED]
                    ),
                ),
            ),
            models.CheckConstraint(
                name="people_grant_decided_by_somebody",
                condition=models.Q(
                    state__in=one_of([grants.GrantState.REQUESTED, grants.GrantState.LAPSED]),
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | models.Q(requested_by__isnull=True, decided_at__isnull=False)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="people_grant_holds_for_a_while",
                condition=models.Q(
                    state__in=one_of(
                        [grants.GrantState.REQUESTED, grants.GrantState.LAPSED, grants.GrantState.REFUSED]
                    ),
                    valid_until__isnull=True,
                )
                | models.Q(
                    state__in=one_of(
                        [grants.GrantState.GRANTED, grants.GrantState.REVOKED, grants.GrantState.ENDED]
                    ),
                    valid_until__gt=models.F("decided_at"),
                ),
            ),
            models.CheckConstraint(
                name="people_grant_revoked_says_by_whom_and_why",
                condition=(
                    ~models.Q(state=grants.GrantState.REVOKED.value) & models.Q(revoked_by__isnull=True)
                )
                | (
                    models.Q(
                        state=grants.GrantState.REVOKED.value,
                        revoked_by__isnull=False,
                        revoked_at__isnull=False,
                    )
                    & ~models.Q(reason="")
                ),
            ),
            models.UniqueConstraint(
                name="people_grant_one_alive",
                fields=["holder", "role", "agency_id", "unit_id"],
                condition=models.Q(state__in=one_of(grants.LIVE)),
            ),
        ]
        indexes = [
            models.Index(name="people_grant_of_a_person", fields=["holder", "state"]),
            models.Index(name="people_grant_of_an_agency", fields=["agency_id", "id"]),
        ]


class OfficerGrantAct(models.Model):
    """What happened to a grant, and through whom. Rows are only ever added."""

    id = models.UUIDField(primary_key=True)
    grant = models.ForeignKey(OfficerGrant, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=12)
    # None where the operator's command or time itself acted.
    by_subject_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=20, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="people_grantact_of_a_grant", fields=["grant", "id"])]


class ErasureOrder(models.Model):
    """An order to erase a person: who asked, who decided, and whether it was carried out. Ids only."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_erasure_state", condition=models.Q(state__in=one_of(erasures.OrderState))
            ),
            models.CheckConstraint(
                name="people_erasure_reason", condition=models.Q(reason__in=one_of(erasures.ErasureReason))
            ),
            models.CheckConstraint(
                name="people_erasure_approved_by_other_eyes",
                condition=(
                    ~models.Q(state__in=one_of([erasures.OrderState.APPROVED, erasures.OrderState.DONE]))
                    | (
                        models.Q(decided_by__isnull=False, decided_at__isnull=False)
                        & ~models.Q(decided_by=models.F("asked_by"))
                        & ~models.Q(decided_by=models.F("subject_id"))
                    )
                )
                & ~models.Q(asked_by=models.F("subject_id")),
            ),
            models.CheckConstraint(
                name="people_erasure_done_at_iff_done",
                condition=models.Q(state=erasures.OrderState.DONE.value, done_at__isnull=False)
                | (~models.Q(state=erasures.OrderState.DONE.value) & models.Q(done_at__isnull=True)),
            ),
            models.UniqueConstraint(
                name="people_erasure_one_alive",
                fields=["subject_id"],
                condition=models.Q(state__in=one_of(erasures.LIVE)),
            ),
        ]
        indexes = [models.Index(name="people_erasure_by_state", fields=["state", "id"])]


class Consent(models.Model):
    """What one person allowed one program, with the words it was shown in. Only its end is written later.

    No column is sealed: it holds ids, codes and words of ours and of the register of programs.
    """

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    client_id = models.CharField(max_length=64)
    name = models.JSONField()
    scope = models.CharField(max_length=400)
    language = models.CharField(max_length=2)
    wishes = models.JSONField()
    leaf_id = models.UUIDField()
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, default="", blank=True)
    # When the identity provider heard of the end: until then it may still call a token live.
    end_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="people_consent_one_alive",
                fields=["subject_id", "client_id"],
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="people_consent_ended_says_how",
                condition=models.Q(ended_at__isnull=True, end="", end_told_at__isnull=True)
                | models.Q(ended_at__gte=models.F("given_at"), end__in=one_of(consents.ConsentEnd)),
            ),
            models.CheckConstraint(
                name="people_consent_holds_for_a_while",
                condition=models.Q(valid_until__gt=models.F("given_at")) & ~models.Q(scope=""),
            ),
        ]
        indexes = [models.Index(name="people_consent_of_a_person", fields=["subject_id", "-given_at"])]
