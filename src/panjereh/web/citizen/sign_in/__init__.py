"""Signing in at the platform's own portal: the relying party of the identity provider.

The portal knows nobody by itself: it sends the browser to the identity provider, checks what comes back,
and keeps the answer in the Django session. `account_plane` is the other way round: the pages that prove who
a person is use it to tell the identity provider what they found.
"""
