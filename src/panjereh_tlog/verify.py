"""`python -m panjereh_tlog.verify PATH [--key KEY]`: verify an export or a file of proofs, with nothing else.

Ends with 0 and `OK`, or with 1 and `BROKEN` and the first thing that is wrong.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from panjereh_tlog.bundle import verify_bundle
from panjereh_tlog.bundle.layout import PUBLIC_KEY
from panjereh_tlog.directory import BrokenLogError
from panjereh_tlog.notes import NoteKeyError, Verifier
from panjereh_tlog.proof_file import verify_proofs

STEP: Final = 1 << 17
"""After how many leaves the program says how far it is: a number of whole bundles."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify what the command line names and say so; return the status for the shell."""
    options = _parser().parse_args(arguments)
    try:
        verifier = Verifier.parse(options.key) if options.key else None
        verify = _verify_folder if options.path.is_dir() else _verify_file
        said = verify(options.path, verifier)
    except BrokenLogError as error:
        sys.stdout.write(f"BROKEN {error.code} {error}\n")
        return 1
    except (OSError, NoteKeyError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(said)
    if verifier is None:
        sys.stdout.write(
            "The key came with it: compare it with one you have from elsewhere, or give --key.\n"
        )
    return 0


def _verify_folder(path: Path, verifier: Verifier | None) -> str:
    found = verify_bundle(path, verifier=verifier, progress=_tell)
    key = (path / PUBLIC_KEY).read_text(encoding="utf-8").strip()
    checkpoint = found.checkpoint
    return (
        f"OK leaves {found.start} until {found.until} of {checkpoint.size}"
        f" root {checkpoint.root.hex()} key {key}\n"
    )


def _verify_file(path: Path, verifier: Verifier | None) -> str:
    found = verify_proofs(path, verifier=verifier)
    return (
        f"OK {found.count} leaves about {found.about} in {found.checkpoint.size}"
        f" root {found.checkpoint.root.hex()} key {found.verifier}\n"
    )


def _tell(done: int, size: int) -> None:
    if done % STEP == 0:
        sys.stderr.write(f"{done} of {size} leaves\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m panjereh_tlog.verify", description=__doc__)
    parser.add_argument("path", type=Path, help="the folder of an export, or a file of proofs")
    parser.add_argument("--key", help="the log's public key, from somebody you trust")
    return parser


if __name__ == "__main__":
    sys.exit(main())
