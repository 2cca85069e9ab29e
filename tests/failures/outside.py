"""Ways out of a program that are no part of the thread."""

# Places outside the thread: a person at a terminal sees how the command ends, and gives it again.
AT_A_TERMINAL = {
    **dict.fromkeys(
        (
            *(f"panjereh/commands/bundles/making.py::{name}" for name in ("make_bundle", "make_key_bundle")),
            "panjereh/commands/bundles/making.py::put_whole",
            "panjereh/commands/bundles/manifest.py::write",
            "panjereh/commands/bundles/postgresql.py::run",
            "panjereh/commands/management/commands/backup.py::handle",
        ),
        "an operator makes a backup; tests/platform/backup has its failures",
    ),
    "panjereh/commands/bundles/restoring.py::recovered": "an operator restores; as above",
    "panjereh/commands/management/commands/erase.py::handle": "an operator erases a person",
    "panjereh/plumbing/token_keys.py::make_key": "an operator has a key token draw a key",
    "panjereh_idp/adapters/migrate.py::migrate": "an operator prepares the provider's database",
    "panjereh_land/preparation/folder.py::json": "the practice country is prepared",
    "panjereh_land/preparation/folder.py::path": "the practice country is prepared",
    "panjereh_land/preparation/folder.py::secret": "the practice country is prepared",
}
