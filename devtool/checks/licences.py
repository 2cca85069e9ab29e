"""Every installed package must have a licence that may go together with EUPL-1.2, or a reason to be here."""

from __future__ import annotations

import re
from importlib import metadata

from devtool import paths

ALLOWED = {
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "Apache-2.0",
    "ISC",
    "PSF-2.0",
    "Python-2.0",
    "Zlib",
    "Unlicense",
    "CC0-1.0",
    "HPND",
    "MPL-2.0",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "EUPL-1.2",
    "OFL-1.1",
    "PostgreSQL",
    "BlueOak-1.0.0",
}
# A package whose metadata does not say it in these terms, or that is here on a condition: what was read.
REASONS: dict[str, str] = {
    "jalali-core": "states LGPL without a version; used unchanged, through jdatetime, as LGPL allows",
    "python-bidi": "LGPL 3 by its COPYING.LESSER, the metadata leave the version out; tests alone use it",
}
_BY_CLASSIFIER = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "License :: OSI Approved :: GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "License :: OSI Approved :: The Unlicense (Unlicense)": "Unlicense",
    "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
}
_SPOKEN = {
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "PSF": "PSF-2.0",
}


def faults() -> list[str]:
    """Return one line per package whose licence is unknown or not allowed, and per reason nobody needs."""
    places = [str(place) for place in paths.VENV.glob("lib/python3*/site-packages")]
    found, seen = [], set()
    for distribution in metadata.distributions(path=places):
        name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
        seen.add(name)
        stated = stated_licence(distribution)
        if name not in REASONS and not is_allowed(stated):
            found.append(f"{name}: licence {stated or 'unknown'!r} is not on the list")
    return found + [
        f"{name}: a reason is kept for it, but it is not installed" for name in REASONS.keys() - seen
    ]


def stated_licence(distribution: metadata.Distribution) -> str:
    """Return the SPDX expression a package states, in its metadata's newest form first."""
    about = distribution.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    by_classifier = sorted(
        {
            _BY_CLASSIFIER.get(line, line)
            for line in about.get_all("Classifier") or []
            if line.startswith("License ::")
        }
        - {"License :: OSI Approved"}
    )
    if by_classifier:
        return " AND ".join(by_classifier)
    spoken = " ".join(about.get_all("License") or []).strip().split("\n")[0]
    return _SPOKEN.get(spoken, spoken)


def is_allowed(expression: str) -> bool:
    """Tell whether one way of reading an SPDX expression has allowed licences only. No AGPL, no GPL."""
    choices = re.split(
        r"\s+OR\s+", expression.replace("(", " ").replace(")", " ").strip(), flags=re.IGNORECASE
    )
    return any(
        choice.strip()
        and all(
            part.strip().split(" WITH ")[0] in ALLOWED
            for part in re.split(r"\s+AND\s+", choice, flags=re.IGNORECASE)
        )
        for choice in choices
    )
