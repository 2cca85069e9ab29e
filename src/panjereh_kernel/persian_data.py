"""The Persian a program needs as data: letters, endings, names of months and days. No logic lives here."""

from typing import Final

ZWNJ: Final = "\u200c"
TATWEEL: Final = "\u0640"

ALPHABET: Final = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"

# One spelling in storage: keyboards of three languages write the same letter with different code points.
LETTERS_AT_THE_EDGE: Final = {
    "ي": "ی",
    "ى": "ی",
    "ۍ": "ی",
    "ې": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "\u06c1": "ه",
    "\u06be": "ه",
}

# One spelling in search only: these differ in good Persian, and people mix them.
LETTERS_IN_SEARCH: Final = {
    "ئ": "ی",
    "ة": "ه",
    "ۀ": "ه",
    "ؤ": "و",
    "آ": "ا",
    "أ": "ا",
    "إ": "ا",
    "ٱ": "ا",
    "ء": "",
}

# Longest first: the first that fits is taken off. From the measured search recipe: a light stemmer does
# better on titles of services than the three published ones.
ENDINGS: Final = (
    "هایشان",
    "هایمان",
    "هایتان",
    "ترین",
    "هایی",
    "های",
    "ها",
    "تر",
    "ات",
    "ان",
    "ی",
)
SHORTEST_STEM: Final = 3

MONTHS_FA: Final = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
MONTHS_EN: Final = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)

# In the order of `datetime.date.weekday()`: Monday first.
WEEKDAYS_FA: Final = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
