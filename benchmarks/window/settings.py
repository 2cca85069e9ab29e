"""The platform's settings as production has them where the cost of a page depends on it."""

from panjereh.config.settings import *  # noqa: F403 -- the same but for what follows
from panjereh.config.settings import TEMPLATES as OURS

# Practice checks every call of the kit; production does not.
TEMPLATES = [OURS[0] | {"OPTIONS": {**OURS[0]["OPTIONS"], "strict": False}}]  # type: ignore[dict-item]
