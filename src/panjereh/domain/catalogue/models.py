"""Versions of packs, kept for ever as the files they were installed from, and the index over the services."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Concat


class PackVersion(models.Model):
    """One version of a service. Insert-only: a running case keeps its version, so no version ever changes."""

    id = models.CharField(primary_key=True, max_length=100)
    service_id = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    installed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalogue_pack_version_once", fields=["service_id", "version"]),
            models.CheckConstraint(
                name="catalogue_pack_version_id_says_both",
                condition=models.Q(
                    id=Concat(
                        "service_id",
                        models.Value("@"),
                        models.functions.Cast("version", models.CharField()),
                    )
                ),
            ),
        ]


class PackFile(models.Model):
    """One file of a pack, byte for byte. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT)
    path = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="catalogue_pack_file_once", fields=["pack", "path"]),
        ]


class Service(models.Model):
    """A published service: which version new cases take, and what search reads."""

    id = models.CharField(primary_key=True, max_length=80)
    version = models.PositiveIntegerField()
    # Weighted tokens of `panjereh_kernel.persian.search_tokens`: A title, B keywords, C summary.
    tokens = SearchVectorField()
    # The same titles and keywords, folded: what trigrams compare.
    letters = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(name="catalogue_service_tokens", fields=["tokens"]),
            GistIndex(name="catalogue_service_letters", fields=["letters"], opclasses=["gist_trgm_ops"]),
        ]
