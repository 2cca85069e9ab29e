"""How many people an officer may look at in a time: counted from the traces that each look leaves."""

import datetime as dt
from http import HTTPStatus
from typing import ClassVar, Final

from django.apps import apps

from panjereh.domain.audit.models import AccessTrace
from panjereh_kernel.actor import Actor, Channel
from panjereh_kernel.refusal import Refusal

_MINUTE: Final = dt.timedelta(minutes=1)


class TooManyPeopleRead(Refusal):
    """The officer looked at more people than one may; after `minutes` at most it may go on."""

    code: ClassVar[str] = "too-many-people-read"
    status: ClassVar[int] = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def check_reading(*, actor: Actor, more: int, at: dt.datetime) -> None:
    """Let an officer at the desk look at `more` people, each of whom is traced next. A step; others pass.

    Raises `TooManyPeopleRead` if the looks of the last window and these are more than the limit. Two pages at
    once may go over it by one page. No counter is kept: what was traced cannot be taken back.
    """
    if actor.channel is not Channel.DESK:
        return
    policy = apps.get_app_config("audit").reading_limit  # type: ignore[attr-defined] # of our own class
    rows = AccessTrace.objects.filter(
        actor_account_id=actor.account_id, channel=Channel.DESK.value, at__gt=at - policy.window
    )
    if rows.order_by("at")[: policy.most].count() + more > policy.most:
        raise TooManyPeopleRead(policy.window // _MINUTE)
