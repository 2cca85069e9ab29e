"""The door of files that people hand in: receive, scan, read, erase."""

from panjereh.plumbing.blobs.kinds import FileKindNotTaken, Kind
from panjereh.plumbing.blobs.operations import (
    MAX_BYTES,
    FileEmpty,
    FileNotReady,
    FileRefused,
    FileTooLarge,
    Released,
    erase_blob,
    read_blob,
    receive_blob,
    scan_blob,
)
from panjereh.plumbing.blobs.scanning import ClamdScanner, PracticeScanner, Scanner, ScannerAway
from panjereh.plumbing.blobs.states import Reason, State

__all__ = [
    "MAX_BYTES",
    "ClamdScanner",
    "FileEmpty",
    "FileKindNotTaken",
    "FileNotReady",
    "FileRefused",
    "FileTooLarge",
    "Kind",
    "PracticeScanner",
    "Reason",
    "Released",
    "Scanner",
    "ScannerAway",
    "State",
    "erase_blob",
    "read_blob",
    "receive_blob",
    "scan_blob",
]
