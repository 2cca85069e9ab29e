"""The books afterwards: everything promised is there once, nothing is there twice, nobody waits any more."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from tests.journeys.country import Installation
from tests.journeys.failures.database import Database, Row
from tests.journeys.failures.people import Patient
from tests.journeys.receipts import receipts_must_hold
from tests.journeys.steps import wait_for

# What one granted case must have left, counted under its own number.
ONCE = {
    "decision": "SELECT count(*) FROM casework_decision WHERE case_id = %s",
    "document": "SELECT count(*) FROM documents_document WHERE case_id = %s AND state = 'issued'",
    "message": "SELECT count(*) FROM messaging_inboxmessage WHERE reference = %s",
    "text message": (
        "SELECT count(*) FROM messaging_practicesms WHERE id IN"
        " (SELECT id FROM messaging_inboxmessage WHERE reference = %s)"
    ),
    **{
        # The events are written four lines down, by nobody else.
        f"leaf {event}": f"SELECT count(*) FROM audit_leaf WHERE subject = %s::text AND event = '{event}'"  # noqa: S608
        for event in (
            "casework.case.started",
            "casework.case.submitted",
            "casework.case.granted",
            "casework.case.finished",
        )
    },
    "leaf documents.document.issued": (
        "SELECT count(*) FROM audit_leaf WHERE event = 'documents.document.issued' AND subject IN"
        " (SELECT id::text FROM documents_document WHERE case_id = %s)"
    ),
}
# What must be empty once everything has come to rest; `%s` is the moment at which the walk began.
NOTHING = {
    "job that failed": (
        "SELECT j.id, j.task_name FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id"
        " WHERE j.status = 'failed' AND e.type = 'deferred' AND e.at > %s"
    ),
    "question still asked": (
        "SELECT id, data_set FROM disclosure_fact WHERE state = 'asked' AND asked_at > %s"
    ),
    "document still requested or failed": (
        "SELECT id, state FROM documents_document WHERE state IN ('requested', 'failed')"
        " AND requested_at > %s"
    ),
    "case still waiting": (
        "SELECT id, state FROM casework_case WHERE state IN ('gathering', 'submitted', 'granted')"
        " AND saved_at > %s"
    ),
    "text message still queued": (
        "SELECT id FROM messaging_smsmessage WHERE state = 'queued' AND queued_at > %s"
    ),
    "sign-in still checking": (
        "SELECT id FROM people_signinchallenge WHERE state = 'checking' AND begun_at > %s"
    ),
    "leaf without a place": (
        "SELECT l.id, l.event FROM audit_leaf l LEFT JOIN audit_sequenced s ON s.leaf_id = l.id"
        " WHERE s.index IS NULL AND l.at > %s"
    ),
    "event not delivered": (
        "SELECT e.id, e.name FROM plumbing_outboxevent e LEFT JOIN plumbing_outboxdelivery d"
        " ON d.event_id = e.id WHERE d.id IS NULL AND e.emitted_at > %s"
        " AND e.name IN ('disclosure.facts_arrived', 'documents.issued', 'people.code_wanted')"
    ),
    "question answered twice": (
        "SELECT message_id, count(*) FROM exchange_receipt WHERE outcome IN ('given', 'absent')"
        " AND asked_at > %s GROUP BY message_id HAVING count(*) > 1"
    ),
    "case decided twice": (
        "SELECT subject, event, count(*) FROM audit_leaf WHERE event LIKE 'casework.case.%%' AND at > %s"
        " GROUP BY subject, event HAVING count(*) > 1"
    ),
    "answer kept twice": (
        "SELECT subject, count(*) FROM audit_leaf WHERE event = 'disclosure.fact.answered' AND at > %s"
        " GROUP BY subject HAVING count(*) > 1"
    ),
    "person opened twice": (
        "SELECT subject_id, count(*) FROM people_account WHERE opened_at > %s"
        " GROUP BY subject_id HAVING count(*) > 1"
    ),
    "code not used though a sign-in was accepted": (
        "SELECT c.id FROM people_signinchallenge c WHERE c.state = 'accepted' AND c.begun_at > %s AND"
        " (SELECT count(*) FROM people_onetimecode o WHERE o.challenge_id = c.id AND o.used_at IS NOT NULL)"
        " <> 1"
    ),
}


@dataclass
class Books:
    """What was promised to whom since the walk began."""

    database: Database
    began_at: dt.datetime
    granted: list[UUID] = field(default_factory=list)
    people: list[Patient] = field(default_factory=list)

    @classmethod
    def opened(cls, database: Database) -> "Books":
        """Begin to keep account, by the database's own clock."""
        return cls(database, database.one("SELECT clock_timestamp()"))

    def must_come_to_rest(self) -> None:
        """Wait until nobody waits for anything. Raises `AssertionError` naming what still stands there."""

        def at_rest() -> bool | None:
            return None if list(self._still()) else True

        try:
            wait_for(at_rest, what="rest")
        except AssertionError:
            raise AssertionError("; ".join(self._still()) or "rest came late") from None

    def must_hold_each_case_once(self) -> None:
        """Prove that each case has exactly one of everything that belongs to it."""
        faults = [
            f"case {case} has {count} of: {name}"
            for case in self.granted
            for name, query in ONCE.items()
            if (count := self.database.one(query, case)) != 1
        ]
        made = self._cases()
        faults += [f"case {case} ({state}) was never asked for" for case, state in made.items()]
        assert not faults, "; ".join(faults)

    def receipts_must_hold(self, land: Installation) -> int:
        """Prove every receipt that the people of this walk can fetch. Return how many there were."""
        return sum(receipts_must_hold(land, person) for person in self.people)

    def _cases(self) -> dict[UUID, str]:
        rows = self.database.rows("SELECT id, state FROM casework_case WHERE started_at > %s", self.began_at)
        return {case: state for case, state in rows if case not in self.granted}

    def _still(self) -> Iterator[str]:
        for name, query in NOTHING.items():
            rows: list[Row] = self.database.rows(query, self.began_at)
            if rows:
                yield f"{len(rows)} × {name}: {rows[:3]}"
