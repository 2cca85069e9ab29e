"""A new service: a pack that goes from a draft to a signed document, and the contract that it needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from devtool.new import lists, names
from devtool.new.plan import Plan

if TYPE_CHECKING:
    from pathlib import Path

_REGISTER, _AT, _LAW = "civil.person", "nocr/civil/person", "data-act-1401"


def plan(name: str, *, owner: str, title_fa: str, title_en: str, root: Path) -> Plan:
    """Return the plan of a service that `owner` decides on. Raises `Trouble`."""
    service = names.service(name, root=root)
    output = names.last_part(service)
    purpose = f"case.{output}"
    titles = {"title_fa": names.persian_title(title_fa), "title_en": names.english_title(title_en)}
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    values = {"service": service, "output": output, "purpose": purpose, "day": day, **titles}
    plan = Plan(root)
    plan.fill(
        "service",
        {**values, "owner": names.agency(owner, root=root)["id"]},
        {"SERVICE": service, "OUTPUT": output, "SLUG": service.replace(".", "-")},
    )
    lists.add_purpose(plan, purpose, **titles)
    lists.add_contract(plan, _REGISTER, _AT, purpose=purpose, law=_LAW)
    return plan
