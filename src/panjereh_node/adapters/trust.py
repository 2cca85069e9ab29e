"""TLS contexts: 1.3 only, both sides show a certificate, and the configuration's pin is the only trust.

OpenSSL cannot ask a client for a certificate without trusting an issuer, so the pinned, self-signed
certificates are loaded as the listener's trust anchors. An anchor cannot be taken out of a live context;
that a certificate is still listed is therefore checked again for every request, by its fingerprint.
"""

import ssl
from pathlib import Path
from typing import Final

from panjereh_contracts.configuration import Configuration

# X509_V_FLAG_NO_CHECK_TIME: a pinned certificate holds as long as the configuration that pins it is usable,
# so that an unreachable centre or a missed renewal does not stop the exchange.
_NO_CHECK_TIME: Final = 0x200000


def make_listener_context(*, certificate_file: Path, key_file: Path) -> ssl.SSLContext:
    """Return a context that refuses every client until `trust` names some."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate_file, key_file)
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME) | ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    # Without tickets every connection proves its key anew.
    context.num_tickets = 0
    return context


def trust(context: ssl.SSLContext, configuration: Configuration) -> None:
    """Let the listener accept the nodes of `configuration`."""
    certificates = {node.tls_certificate for node in configuration.directory.nodes.values()}
    for certificate in certificates:
        context.load_verify_locations(cadata=certificate)


def make_caller_context(*, certificate_file: Path, key_file: Path) -> ssl.SSLContext:
    """Return the context of outgoing connections.

    It believes any certificate: whoever opens a connection with it must compare the fingerprint before
    sending a byte (`Peers` does).
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certificate_file, key_file)
    return context
