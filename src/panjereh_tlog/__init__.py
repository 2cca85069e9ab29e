"""An append-only Merkle log: RFC 6962 trees, C2SP notes, checkpoints and tiles, and one store on a disk.

No framework, no socket, no clock, no randomness; `directory`, `bundle`, `proof_file` and `verify` touch a
disk. The formats are the public ones of c2sp.org (signed-note, tlog-checkpoint, tlog-tiles), so that
other people's tools can check our logs. SPDX-License-Identifier: Apache-2.0.
"""
