"""The words of the room itself, in both languages."""

import datetime as dt

from panjereh_kernel import jalali


def date_texts(day: dt.date) -> dict[str, str]:
    """Return a day as a message writes it, `{"fa": «۱ آذر ۱۴۰۵», "en": "22 November 2026"}`."""
    return {each.value: jalali.format_long(day, language=each) for each in jalali.Language}
