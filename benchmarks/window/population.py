"""Cases of people nobody visits: rows of the real tables, made inside the database.

Their sealed fields are noise of the usual length, as nobody opens them. Most people have a handful of cases
and a few have many: the square of an even draw chooses whose a case is. To seed a million in a minute, two
acts of seven, one fact of three, and no document are kept of each; those who are visited have them all.
"""

from __future__ import annotations

import time

import psycopg

SERVICE = "place.address-certificate"
_CASES = """
INSERT INTO casework_case (id, tracking_code, service_id, pack_version, subject_id, account_id, state,
    sealed_answers, started_at, saved_at, submitted_at, due_on, calendar_version, decided_at, finished_at)
SELECT (lpad(to_hex(1700000000000 + n::bigint * 60000), 12, '0') || '7' || substr(digest, 1, 3) || '8'
        || substr(digest, 4, 15))::uuid,
    lpad((n / 100000000)::text, 4, '0') || '-' || lpad((n / 10000 %% 10000)::text, 4, '0') || '-'
        || lpad((n %% 10000)::text, 4, '0'),
    %(service)s, %(version)s, md5('subject' || person)::uuid, md5('account' || person)::uuid,
    CASE WHEN n %% 7 = 0 THEN 'refused' ELSE 'issued' END,
    decode(digest || digest || digest, 'hex'), at, at, at, at::date + 2, %(calendar)s,
    at + interval '1 minute', at + interval '2 minutes'
FROM (
    SELECT n, md5('case' || n) AS digest, timestamptz '2023-11-14' + n * interval '1 minute' AS at,
        floor(power(('x' || substr(md5('whose' || n), 1, 7))::bit(28)::int / 268435456.0, 2)
            * %(people)s)::int AS person
    FROM generate_series(1, %(count)s) AS n
) AS drawn
"""
_ACTS = """
INSERT INTO casework_caseact (id, case_id, number, event, state, role, account_id, at)
SELECT (substr(id::text, 1, 14) || step.number || substr(md5(id::text || step.number), 1, 3) || '-8'
        || substr(md5(id::text || step.number), 4, 3) || substr(id::text, 24))::uuid,
    id, step.number, step.event, step.state, 'citizen', account_id, started_at
FROM casework_case, (VALUES (1, 'start', 'draft'), (2, 'issue', 'issued')) AS step (number, event, state)
"""
_DECISIONS = """
INSERT INTO casework_decision (case_id, outcome, pack_version, conditions, receipt_ids, decided_at)
SELECT id, 'grant', pack_version, '[{"id": "person-in-registry", "finding": "held"}]', '[]', decided_at
FROM casework_case
"""
_FACTS = """
INSERT INTO disclosure_fact (id, case_id, subject_id, evidence, data_set, purpose, legal_basis,
    case_reference, state, sealed_request, sealed_answer, receipt_id, asked_at, answered_at)
SELECT (substr(id::text, 1, 14) || '9' || substr(id::text, 16))::uuid, id, subject_id, 'person',
    'civil.person', 'case.address-certificate', 'data-act-1401', tracking_code, 'answered', sealed_answers,
    sealed_answers || sealed_answers, account_id, started_at, started_at
FROM casework_case
"""
# Everybody has a key of their own, and what is counted of the last weeks is counted.
_KEYS = """
INSERT INTO plumbing_subjectkey (owner_id, wrapped_key, wrapping_key_id)
SELECT DISTINCT subject_id, decode(repeat('5e', 40), 'hex'), 'noise' FROM casework_case
"""
_COUNTS = """
INSERT INTO figures_dailycount (figure, service, state, "on", count)
SELECT 'cases-by-state-and-day', %(service)s, state, current_date - days, %(count)s / 1000 + days
FROM generate_series(0, 89) AS days,
    unnest(ARRAY['draft', 'submitted', 'granted', 'issued', 'refused', 'withdrawn']) AS state
"""
_COUNTED = """
INSERT INTO figures_cursor (figure, log_index, read_at)
VALUES ('cases-by-state-and-day', %(count)s, now()) ON CONFLICT (figure) DO UPDATE SET read_at = now()
"""
_CURRENT = """
SELECT (SELECT version FROM catalogue_service WHERE id = %(service)s),
    (SELECT version FROM directory_calendar ORDER BY imported_at DESC, version LIMIT 1)
"""
_TABLES = (
    "casework_case",
    "casework_caseact",
    "casework_decision",
    "disclosure_fact",
    "plumbing_subjectkey",
    "figures_dailycount",
)


def settle(admin_url: str, *, cases: int) -> dict[str, int]:
    """Fill a platform's database with cases; return the rows of each table and `seconds` it took."""
    begun = time.monotonic()
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
        connection.execute("SET maintenance_work_mem = '256MB'")
        values = {"service": SERVICE, "people": max(cases // 3, 1), "count": cases}
        current = connection.execute(_CURRENT, values).fetchone()
        assert current is not None
        assert all(current), "service and calendar are not there yet"
        values |= dict(zip(("version", "calendar"), current, strict=True))
        for statement in (_CASES, _ACTS, _DECISIONS, _FACTS, _KEYS, _COUNTS, _COUNTED):
            connection.execute(statement, values)
        rows = {}
        for table in _TABLES:
            # Visibility and statistics as after a quiet night, so that no round meets the vacuum.
            connection.execute(f"VACUUM (ANALYZE) {table}")
            connection.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 -- names above
            rows[table] = int(row[0]) if row else 0
    assert rows["casework_case"] >= cases
    return rows | {"seconds": round(time.monotonic() - begun)}
