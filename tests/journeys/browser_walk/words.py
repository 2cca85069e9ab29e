"""What a person reads on the pages and asks for by name: in Persian and in English."""

WORDS = {
    "skip": ("رفتن به متن اصلی", "Go to the main text"),
    "menu": ("فهرست", "Menu"),
    "account": ("حساب من", "My account"),
    "query": ("دنبال چه کاری هستید؟", "What are you looking for?"),
    "typed query": ("گواهي نشاني", "address certificate"),
    "search": ("جست‌وجو", "Search"),
    "service": ("گواهی نشانی", "Address certificate"),
    "start": ("شروع درخواست", "Start the request"),
    "sign in": ("ورود", "Sign in"),
    "sign out": ("خروج", "Sign out"),
    "number": ("کد ملی شما چیست؟", "What is your national number?"),
    "continue": ("ادامه", "Continue"),
    "first time": ("ادامه با تاریخ تولد و شماره همراه", "Continue with your birth date and mobile"),
    "birth": ("تاریخ تولد شما چیست؟", "When were you born?"),
    "day": ("روز", "Day"),
    "month": ("ماه", "Month"),
    "year": ("سال", "Year"),
    "mobile": ("شماره همراه شما چیست؟", "What is your mobile number?"),
    "code": ("کدی که برایتان فرستادیم چیست؟", "What is the code we sent you?"),
    "which": ("گواهی برای کدام نشانی است؟", "Which address is the certificate for?"),
    "registered": ("نشانی ثبت‌شده در سامانه املاک و اسکان", "My address in the property and residence system"),
    "review": ("پیش از ثبت، یک بار ببینید", "Look it over before you submit"),
    "submit": ("ثبت درخواست", "Submit the request"),
    "see document": ("دیدن سند", "See the document"),
    "download": ("دریافت PDF امضاشده", "Download the signed PDF"),
    "cases": ("پرونده‌های من", "My cases"),
    "documents": ("سندها", "Documents"),
    "inbox": ("کارپوشه", "Inbox"),
    "open case": ("دیدن پرونده", "Open the case"),
    "accesses": ("سوابق دسترسی", "Who saw my data"),
    "figures": ("دیده‌بان: کارنامه همگانی", "Figures"),
    "events": ("همه رویدادهای پشت این عددها", "All events behind these numbers"),
    "practice": ("پیامک‌های تمرینی", "Practice phone messages"),
    "check": ("استعلام اصالت سند", "Check a document"),
    "serial": ("شناسه سند", "Document number"),
    "check code": ("کد استعلام", "Check code"),
    "check by code": ("استعلام با شناسه و کد", "Check by number and code"),
    "file": ("فایل PDF سند", "PDF file of the document"),
    "check file": ("استعلام فایل سند", "Check the file"),
    "valid": ("معتبر", "valid"),
}
LANGUAGES = ("fa", "en")


def say(name: str, language: str) -> str:
    """Return the words of one thing in a language."""
    return WORDS[name][LANGUAGES.index(language)]
