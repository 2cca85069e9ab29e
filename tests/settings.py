"""Settings of the test-suite: keys made for this run in a folder of its own; the database comes later."""

import base64
import os
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_KEYS = Path(tempfile.mkdtemp(prefix="panjereh-test-"))


def _file(name: str, content: str) -> str:
    path = _KEYS / name
    path.write_text(content, encoding="ascii")
    path.chmod(0o600)
    return str(path)


_ANY = "postgresql://panjereh_app@/panjereh"
os.environ.update(
    {
        "PANJEREH_PROFILE": "practice",
        "PANJEREH_PUBLIC_URL": "http://testserver",
        "PANJEREH_SECRET_KEY_FILE": _file("secret", "for-tests-only-" * 4),
        "PANJEREH_DATABASE_URL": _ANY,
        "PANJEREH_DATABASE_READER_URL": _ANY,
        "PANJEREH_DATABASE_TRACE_URL": _ANY,
        "PANJEREH_WRAPPING_KEY_FILE": _file("wrapping", base64.b64encode(b"w" * 32).decode()),
        "PANJEREH_INDEX_KEY_FILE": _file("index", base64.b64encode(b"i" * 32).decode()),
        "PANJEREH_NODE_URL": "http://127.0.0.1:9",
        "PANJEREH_EXCHANGE_CLIENT": "PRACTICE/GOV/ito/window",
        "PANJEREH_IDP_ISSUER": "http://127.0.0.1:9",
        "PANJEREH_PORTAL_CLIENT_KEY_FILE": _file("portal.jwk", "{}"),
        "PANJEREH_DESK_CLIENT_KEY_FILE": _file("desk.jwk", "{}"),
        "PANJEREH_ACCOUNT_PLANE_CLIENT_KEY_FILE": _file("account.jwk", "{}"),
        "PANJEREH_DOCUMENT_KEY_FILE": _file("document.pem", ""),
        "PANJEREH_DOCUMENT_CERTIFICATE_FILE": _file("document.crt", ""),
        "PANJEREH_DOCUMENT_CHAIN_FILE": _file("chain.crt", ""),
        "PANJEREH_AUDIT_LOG_DIRECTORY": str(_KEYS / "audit-log"),
        "PANJEREH_AUDIT_CHECKPOINT_DIRECTORY": str(_KEYS / "audit-checkpoints"),
        "PANJEREH_AUDIT_KEY_FILE": _file("audit.key", ""),
        "PANJEREH_STATE_DIRECTORY": str(_KEYS / "state"),
        "PANJEREH_PACKS_DIRECTORY": str(_ROOT / "packs"),
        "PANJEREH_DATA_DIRECTORY": str(_ROOT / "data"),
        "PANJEREH_FRONTEND_DIRECTORY": str(_ROOT / "frontend"),
    }
)

from panjereh.config.settings import *  # noqa: E402, F403 -- the environment had to be set first

# The strict harness: no pool between a test and its database.
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
