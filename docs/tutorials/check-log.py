"""Is the log what its node signed? `check-log.py EDGE KEY`: the newest entry, proven under the checkpoint."""
# ruff: noqa: INP001 -- a script beside the page that explains it

import base64
import json
import sys
import urllib.request

from panjereh_tlog.checkpoints import open_checkpoint
from panjereh_tlog.notes import Verifier
from panjereh_tlog.proofs import verify_inclusion
from panjereh_tlog.tiles import WIDTH, parse_hashes, tile_at

edge, key = sys.argv[1:]
verifier = Verifier.parse(key)


def get(path: str) -> bytes:
    """Return what the node answers."""
    with urllib.request.urlopen(f"{edge}/log/{path}") as answer:  # noqa: S310 -- the reader's own node
        return bytes(answer.read())


published = open_checkpoint(get("checkpoint").decode(), origin=verifier.name, verifiers=[verifier])
newest = published.size - 1
proof = json.loads(get(f"proof?index={newest}"))
checkpoint = open_checkpoint(proof["checkpoint"], origin=verifier.name, verifiers=[verifier])
tile = tile_at(0, newest // WIDTH, published.size)
leaf = parse_hashes(get(tile.path()), tile.width)[newest % WIDTH]
hashes = [base64.b64decode(each) for each in proof["hashes"]]
verify_inclusion(leaf, index=newest, size=checkpoint.size, proof=hashes, root=checkpoint.root)
sys.stdout.write(f"{verifier.name}: {published.size} entries, checkpoint signed, entry {newest} is in it\n")
