"""What rows with texts in both languages have in common."""

from django.db import models
from django.utils.translation import get_language


class Bilingual(models.Model):
    """A row whose texts are columns with a language at their end; `text` chooses."""

    class Meta:
        abstract = True

    def text(self, name: str) -> str:
        return str(getattr(self, f"{name}_{get_language()}"))
