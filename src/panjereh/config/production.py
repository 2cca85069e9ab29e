"""What production refuses: practice keys, keys that anybody can read, plain HTTP beyond this machine."""

import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Beside the keys it makes, the practice country leaves a file of this name.
MARK = "PRACTICE"
CODE_BY_SMS = "1"  # the level of authentication that officers have in the practice country


def faults(texts: Mapping[str, str]) -> list[str]:
    """Return every reason not to start in production; `texts` are the settings as they were written."""
    found = [
        fault
        for name, text in texts.items()
        if name.endswith("KEY_FILE")
        for fault in _faults_of_key_file(name, Path(text))
    ]
    if texts.get("PANJEREH_PUBLIC_URL", "").startswith("http://"):
        found.append("PANJEREH_PUBLIC_URL must be https:// in production")
    found += [
        f"{name} must be https:// in production, unless it is on this machine"
        for name in ("PANJEREH_NODE_URL", "PANJEREH_IDP_ISSUER", "PANJEREH_REGISTRY_URL")
        if _is_plain_beyond_loopback(texts.get(name, ""))
    ]
    if texts.get("PANJEREH_DESK_ACR") == CODE_BY_SMS:
        found.append("PANJEREH_DESK_ACR must be 2 or more in production: a code by SMS opens no desk")
    host = texts.get("PANJEREH_LISTEN", "").rpartition(":")[0].strip("[]")
    if host not in LOOPBACK:
        found.append("PANJEREH_LISTEN must be on loopback in production: TLS ends at a proxy beside it")
    return found


def _faults_of_key_file(name: str, path: Path) -> list[str]:
    found = []
    if (path.parent / MARK).exists():
        found.append(f"{name}: {path} belongs to the practice country")
    if path.exists() and path.stat().st_mode & stat.S_IRWXO:
        found.append(f"{name}: {path} is open to everybody on this machine; take their rights away")
    return found


def _is_plain_beyond_loopback(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False  # told as a fault of its own where the setting is read
    return parts.scheme == "http" and parts.hostname not in LOOPBACK
