"""The order of letters, marks and signs in the locale fa_IR, as the Unicode CLDR has it. No logic lives here.

Source: CLDR 48, collation `fa` over the root collation, read from ICU 78.
"""

from typing import Final

SPACES: Final = "\t\n\x0b\x0c\r\x85\u2028\u2029 "
PUNCTUATION: Final = "_-‐‒–—―,،٫٬;؛:!¡?¿؟.…۔·'‹›\"«»()[]{}§¶@*٭/\\&#%٪‰†‡•′″`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥؋"  # noqa: RUF001 -- signs of the table itself
QUOTES: Final = ("'‘’‚‛", '"“”„‟')  # noqa: RUF001 -- signs of the table itself
DIGITS: Final = ("0٠۰", "1١۱", "2٢۲", "3٣۳", "4٤۴", "5٥۵", "6٦۶", "7٧۷", "8٨۸", "9٩۹")

# One group is one letter; its first form is the plain one, the others follow it where words are else alike.
# Arabic letters sort before Latin ones. Beside the alphabet: the forms of Arabic, Kurdish, Azeri and Urdu.
LETTERS: Final = (
    *(
        "آ",
        "اٱ",
        "ءأٲإٳؤئ",
        "ب",
        "پ",
        "ت",
        "ث",
        "ٹ",
        "ج",
        "چ",
        "ح",
        "خ",
        "د",
        "ذ",
        "ڈ",
        "ر",
        "ز",
        "ڑ",
        "ڕ",
        "ژ",
    ),
    *(
        "س",
        "ش",
        "ص",
        "ض",
        "ط",
        "ظ",
        "ع",
        "غ",
        "ف",
        "ڤ",
        "ق",
        "کڪګكڬڭڮ",
        "گ",
        "ل",
        "ڵ",
        "م",
        "ن",
        "ں",
        "و",
        "ۆ",
    ),
    *("ۇ", "ۈ", "ۋ", "هەہۂةۃۀھ", "یىےۓيېۑۍێ"),
    *(
        "aáàâåäã",
        "b",
        "cç",
        "dð",
        "eéèêë",
        "f",
        "g",
        "h",
        "iíìîï",
        "j",
        "k",
        "l",
        "m",
        "nñ",
        "oóòôöõø",
        "p",
        "q",
    ),
    *("r", "s", "t", "uúùûü", "v", "w", "x", "yýÿ", "z", "þ"),
)

COMMON: Final = " ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآئ۰۱۲۳۴۵۶۷۸۹0123456789"

# In the order they count in where words are else alike; they never part two words of different letters.
MARKS: Final = "\u064e\u0650\u064f\u064b\u064d\u064c\u0651\u0652\u0653\u0654\u0655\u0670"

# Never looked at: tatweel, joiners, direction marks, controls, marks of recitation.
IGNORED: Final = (
    "\u00ad\u0640\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
    "\u0610\u0611\u0612\u0613\u0614\u0615\u0616\u0617\u0618\u0619\u061a"
    "\u06d6\u06d7\u06d8\u06d9\u06da\u06db\u06dc\u06df\u06e0\u06e1\u06e2\u06e3\u06e4"
)
