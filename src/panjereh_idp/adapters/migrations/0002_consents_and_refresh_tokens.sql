-- What a person allowed a client outlives a sign-in: refresh tokens, and the consents they end with.

-- A consent that ended stays until nothing made for it can come any more, so that a late login finds it ended.
CREATE TABLE idp.consent (
    consent_id uuid PRIMARY KEY,
    ended_at timestamptz,
    expires_at timestamptz NOT NULL
);
CREATE INDEX consent_by_expiry ON idp.consent (expires_at);

ALTER TABLE idp.code ADD COLUMN consent_id uuid
    CONSTRAINT code_of_a_consent REFERENCES idp.consent ON DELETE CASCADE;
CREATE INDEX code_by_consent ON idp.code (consent_id);

-- Bound to its client and to the key of its first exchange. `code` is no reference: codes are swept away sooner.
CREATE TABLE idp.refresh_token (
    digest bytea PRIMARY KEY,
    code bytea NOT NULL CONSTRAINT refresh_token_is_one_per_code UNIQUE,
    consent_id uuid NOT NULL REFERENCES idp.consent ON DELETE CASCADE,
    client_id text NOT NULL,
    subject text NOT NULL,
    scope text NOT NULL,
    session_id uuid NOT NULL,
    account_id uuid NOT NULL,
    acr smallint NOT NULL,
    ial smallint NOT NULL,
    amr text[] NOT NULL,
    auth_at timestamptz NOT NULL,
    jkt text NOT NULL,
    issued_at timestamptz NOT NULL,
    revoked_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT refresh_token_digest_is_a_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT refresh_token_ends CHECK (expires_at > issued_at)
);
CREATE INDEX refresh_token_by_consent ON idp.refresh_token (consent_id);
CREATE INDEX refresh_token_by_expiry ON idp.refresh_token (expires_at);

-- An access token comes from a code or from a refresh token, and may have been narrowed when it was refreshed.
ALTER TABLE idp.access_token ALTER COLUMN code DROP NOT NULL;
ALTER TABLE idp.access_token ADD COLUMN refresh_token bytea REFERENCES idp.refresh_token ON DELETE CASCADE;
ALTER TABLE idp.access_token ADD COLUMN scope text;
ALTER TABLE idp.access_token ADD CONSTRAINT access_token_comes_from_one
    CHECK ((code IS NULL) <> (refresh_token IS NULL));
ALTER TABLE idp.access_token ADD CONSTRAINT access_token_scope_iff_refreshed
    CHECK ((scope IS NULL) = (refresh_token IS NULL));
CREATE INDEX access_token_by_refresh_token ON idp.access_token (refresh_token);

GRANT SELECT, INSERT, UPDATE, DELETE ON idp.consent, idp.refresh_token TO {application};
