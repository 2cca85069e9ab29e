"""The one service that most tests are about, alone on its shelf: another pack in the product changes none."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVICE = "place.address-certificate"


def one_pack(place: Path) -> Path:
    """Return a folder of packs below `place` that holds this service and no other."""
    shutil.copytree(ROOT / "packs" / SERVICE, place / "packs" / SERVICE)
    return place / "packs"
