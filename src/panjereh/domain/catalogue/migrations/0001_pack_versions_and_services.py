"""Versions of packs, insert-only, and the index over the published services."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # A trusted extension: the owner of the database may make it.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='PackVersion',
            fields=[
                ('id', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('service_id', models.CharField(max_length=80)),
                ('version', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('installed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service_id', 'version'), name='catalogue_pack_version_once'), models.CheckConstraint(condition=models.Q(('id', django.db.models.functions.text.Concat('service_id', models.Value('@'), django.db.models.functions.comparison.Cast('version', models.CharField())))), name='catalogue_pack_version_id_says_both')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('tokens', django.contrib.postgres.search.SearchVectorField()),
                ('letters', models.TextField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['tokens'], name='catalogue_service_tokens'), django.contrib.postgres.indexes.GistIndex(fields=['letters'], name='catalogue_service_letters', opclasses=['gist_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='PackFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalogue.packversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'path'), name='catalogue_pack_file_once')],
            },
        ),
        Grant("catalogue_packversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("catalogue_packfile", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("catalogue_service", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
    ]
