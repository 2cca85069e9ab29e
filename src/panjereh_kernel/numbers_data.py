"""The words and signs of numbers. No logic lives here."""

from typing import Final

MINUS: Final = "\u2212"
MINUS_SIGNS: Final = ("-", MINUS)
MINUS_BEFORE_PERSIAN: Final = "\u200e\u2212"  # CLDR, numbers of fa
THOUSANDS: Final = "٬,،' "
POINTS: Final = "٫."
PERSIAN_SEPARATORS: Final = {ord(","): "٬", ord("."): "٫"}

AND: Final = " و "
MINUS_WORD: Final = "منفی"
POINT_WORD: Final = "ممیز"
ZERO: Final = "صفر"
ONES: Final = (
    "",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
)
TENS: Final = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
HUNDREDS: Final = ("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
# Above a milliard laws and budgets count milliards («هزار میلیارد»), as CLDR does: names of higher powers
# mean different numbers to different people.
THOUSAND: Final = "هزار"
MILLION: Final = "میلیون"
MILLIARD: Final = "میلیارد"
FRACTIONS: Final = ("", "دهم", "صدم", "هزارم", "ده\u200cهزارم", "صدهزارم", "میلیونم")

# Other spellings that are read but not written.
READ_AS: Final = {
    "یکصد": "صد",
    "سه صد": "سیصد",
    "چهار صد": "چهارصد",
    "پنج صد": "پانصد",
    "شش صد": "ششصد",
    "هفت صد": "هفتصد",
    "هشت صد": "هشتصد",
    "نه صد": "نهصد",
    "هیجده": "هجده",
    "هژده": "هجده",
    "پونصد": "پانصد",
    "شیش": "شش",
    "یکهزار": "یک هزار",
    "تریلیون": "هزار میلیارد",
}

THIRD: Final = "سوم"
THREE: Final = "سه"
ORDINAL: Final = "م"
ORDINAL_AFTER_YE: Final = "\u200cام"
YE: Final = "ی"
RIAL: Final = "ریال"
TOMAN: Final = "تومان"
FREE: Final = "رایگان"

TOMAN_HINT: Final = "برابر {amount} تومان"
TOMAN_HINT_WITH_RIALS: Final = "برابر {amount} تومان و {rials} ریال"
SCALES: Final = {THOUSAND: 10**3, MILLION: 10**6, MILLIARD: 10**9}
SCALES_EN: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
