"""The record in a folder for an auditor, who needs neither the database nor the platform to verify it."""

from collections.abc import Mapping
from pathlib import Path

from panjereh.domain.audit.checkpoints import CHECKPOINT, published_checkpoints
from panjereh.domain.audit.operations.verify_log import name_broken
from panjereh.domain.audit.refusals import AuditBroken
from panjereh_kernel.refusal import PeerError
from panjereh_tlog.bundle import Bundle, export_bundle, verify_bundle
from panjereh_tlog.directory import BrokenLogError, PublishedLog, SignedNote
from panjereh_tlog.notes import Verifier


def export_log(
    directory: Path,
    *,
    log_directory: Path,
    checkpoint_directory: Path,
    verifier: Verifier,
    read_first: Mapping[str, str],
    start: int = 0,
    until: int | None = None,
) -> Bundle:
    """Write the published leaves from `start` until before `until` (default: all) into the empty
    `directory`, with all that verifies them, verify it, and return what it holds.

    Whole bundles of 256 leaves: up to 255 more at each end. `read_first` are the texts of the bundle's two
    files for people, by name. Reads the files of the record alone, a file at a time. Raises `IndexError`
    for leaves that are not published, `FileExistsError` if something is in `directory`, `AuditBroken` if the
    record could not be verified: then the folder is not to be given to anybody.
    """
    try:
        log = PublishedLog(log_directory, origin=verifier.name, verifier=verifier)
        export_bundle(
            log,
            directory,
            verifier=verifier,
            # What the sequencer publishes meanwhile counts more than this log and does not go along.
            earlier=(
                SignedNote(each.place, each.note, each.at.isoformat())
                for each in published_checkpoints(checkpoint_directory)
            ),
            read_first=read_first,
            start=start,
            until=until,
        )
        return verify_bundle(directory, verifier=verifier)
    except BrokenLogError as error:
        raise name_broken(error) from error
    except PeerError as error:
        raise AuditBroken("checkpoints", str(error), differs=CHECKPOINT) from error
