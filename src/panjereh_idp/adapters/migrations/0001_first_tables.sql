-- Everything a sign-in leaves behind, and nothing about a person but the account's identifier.
-- Secrets (codes, tokens, cookies, challenges) are SHA-256 digests. Every row that expires says when.

CREATE TABLE idp.sso_session (
    session_id uuid PRIMARY KEY,
    cookie bytea NOT NULL CONSTRAINT sso_session_cookie_is_one_session UNIQUE,
    account_id uuid NOT NULL,
    acr smallint NOT NULL,
    ial smallint NOT NULL,
    amr text[] NOT NULL,
    auth_at timestamptz NOT NULL,
    started_at timestamptz NOT NULL,
    used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT sso_session_cookie_is_a_digest CHECK (octet_length(cookie) = 32),
    CONSTRAINT sso_session_acr_is_known CHECK (acr BETWEEN 1 AND 3),
    CONSTRAINT sso_session_ial_is_known CHECK (ial BETWEEN 0 AND 2),
    CONSTRAINT sso_session_ends CHECK (expires_at > started_at)
);
CREATE INDEX sso_session_by_account ON idp.sso_session (account_id);
CREATE INDEX sso_session_by_expiry ON idp.sso_session (expires_at);

CREATE TABLE idp.pushed_request (
    digest bytea PRIMARY KEY,
    client_id text NOT NULL,
    request jsonb NOT NULL,
    bring_until timestamptz NOT NULL,
    used_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pushed_request_digest_is_a_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT pushed_request_is_kept_long_enough CHECK (expires_at > bring_until)
);
CREATE INDEX pushed_request_by_expiry ON idp.pushed_request (expires_at);

CREATE TABLE idp.login (
    challenge bytea PRIMARY KEY,
    request_digest bytea NOT NULL REFERENCES idp.pushed_request ON DELETE CASCADE,
    browser bytea NOT NULL,
    session_id uuid REFERENCES idp.sso_session ON DELETE CASCADE,
    only_account_id uuid,
    asked_at timestamptz NOT NULL,
    verifier bytea CONSTRAINT login_verifier_is_one_login UNIQUE,
    answer jsonb,
    expires_at timestamptz NOT NULL,
    CONSTRAINT login_answer_iff_verifier CHECK ((answer IS NULL) = (verifier IS NULL)),
    CONSTRAINT login_account_iff_session CHECK ((only_account_id IS NULL) = (session_id IS NULL))
);
CREATE INDEX login_by_expiry ON idp.login (expires_at);
CREATE INDEX login_by_request ON idp.login (request_digest);
CREATE INDEX login_by_session ON idp.login (session_id);

CREATE TABLE idp.code (
    digest bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES idp.sso_session ON DELETE CASCADE,
    client_id text NOT NULL,
    subject text NOT NULL,
    scope text NOT NULL,
    request jsonb NOT NULL,
    account_id uuid NOT NULL,
    acr smallint NOT NULL,
    ial smallint NOT NULL,
    amr text[] NOT NULL,
    auth_at timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    used_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT code_digest_is_a_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT code_is_kept_beside_its_token CHECK (expires_at > issued_at)
);
CREATE INDEX code_by_session ON idp.code (session_id);
CREATE INDEX code_by_expiry ON idp.code (expires_at);

-- One token per code: the database itself refuses a second exchange.
CREATE TABLE idp.access_token (
    digest bytea PRIMARY KEY,
    code bytea NOT NULL CONSTRAINT access_token_is_one_per_code UNIQUE REFERENCES idp.code ON DELETE CASCADE,
    jkt text NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT access_token_digest_is_a_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT access_token_ends CHECK (expires_at > issued_at)
);
CREATE INDEX access_token_by_expiry ON idp.access_token (expires_at);

-- Marks of proofs that were seen: a proof counts once.
CREATE TABLE idp.seen_proof (
    mark bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL,
    CONSTRAINT seen_proof_mark_is_a_digest CHECK (octet_length(mark) = 32)
);
CREATE INDEX seen_proof_by_expiry ON idp.seen_proof (expires_at);

GRANT USAGE ON SCHEMA idp TO {application};
GRANT SELECT, INSERT, UPDATE, DELETE ON idp.sso_session, idp.pushed_request, idp.login, idp.code TO {application};
GRANT SELECT, INSERT, DELETE ON idp.access_token, idp.seen_proof TO {application};
GRANT SELECT ON idp.migration TO {application};
