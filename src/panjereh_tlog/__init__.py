"""An append-only Merkle log: RFC 6962 trees, C2SP notes, checkpoints and tiles, and one store on a disk.

Pure but for `directory`, the one module that touches a disk: no framework, no socket, no clock, no
randomness. The formats are the public ones of c2sp.org (signed-note, tlog-checkpoint, tlog-tiles), so that
other people's tools can check our logs. SPDX-License-Identifier: Apache-2.0.
"""
