"""The ways a person may come: language, width, keyboard or pointer, with scripts or without."""

from dataclasses import dataclass

PHONE = 600  # narrower than this, the main sections are in a menu


@dataclass(frozen=True)
class Way:
    """One way through the thread."""

    name: str
    language: str
    width: int
    keyboard: bool = False
    scripts: bool = True
    pictures: str = ""  # the folder-like part of the names of the pictures taken on this way

    @property
    def is_phone(self) -> bool:
        return self.width < PHONE

    @property
    def height(self) -> int:
        return 740 if self.is_phone else 900

    @property
    def home(self) -> str:
        return "/" if self.language == "fa" else "/en/"


WAYS = (
    Way("phone, Persian", "fa", 360, pictures="phone-fa"),
    Way("desktop, Persian", "fa", 1280, pictures="desktop-fa"),
    Way("phone, English", "en", 360, pictures="phone-en"),
    Way("keyboard only, Persian", "fa", 1280, keyboard=True),
    Way("scripts off, English", "en", 1280, scripts=False, pictures="desktop-en"),
)
# Trouble is the same at every width: the narrow one, in both languages.
IN_TROUBLE = tuple(way for way in WAYS if way.is_phone)
