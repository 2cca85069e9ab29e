"""A part of a log, or all of it, in a folder that verifies with nothing else: no database, no network.

The folder is laid out as the log itself (c2sp.org/tlog-tiles), so that other people's tools read it, too:
`checkpoint`, the tiles of hashes above the exported entries, the entries in whole bundles of 256; beside
them the `public-key`, the `checkpoints` published before, what a person should read first, and a `manifest`
with the digest of every file. The same log and the same range give the same bytes.

What proves the entries is the signed checkpoint and the tree under it; the manifest only finds damage in
what the tree does not cover.
"""

from panjereh_tlog.bundle.export import Bundle, export_bundle
from panjereh_tlog.bundle.verification import verify_bundle

__all__ = ["Bundle", "export_bundle", "verify_bundle"]
