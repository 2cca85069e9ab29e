"""Practice keys and files for every program, so that the whole platform starts on one machine.

Nothing made here is fit for production, and all of it says so: a file `PRACTICE` lies in every folder with
keys, certificates name the organisation `PANJEREH PRACTICE`, and keys of members begin with `practice-`.
"""

ORGANISATION = "PANJEREH PRACTICE"
MARKER = "PRACTICE"
KID_PREFIX = "practice-"
