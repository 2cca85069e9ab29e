"""Legal instruments with every date of their making and end, their articles, and what they do to others."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


def replaced_may_be_set(table: str) -> migrations.RunSQL:
    """Rows are added; of a row that is there only the moment it was replaced may be set."""
    return migrations.RunSQL(
        f'GRANT UPDATE (replaced_at) ON "{table}" TO panjereh_app', migrations.RunSQL.noop
    )


class Migration(migrations.Migration):

    dependencies = [("directory", "0002_versions_by_validity")]

    operations = [
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=160)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('certainty', models.CharField(max_length=1)),
                ('source', models.CharField(max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('instrument_code', models.CharField(max_length=64)),
                ('number', models.CharField(max_length=20)),
                ('parent_number', models.CharField(blank=True, max_length=20)),
                ('about_fa', models.TextField()),
                ('about_en', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='InstrumentVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=160)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('certainty', models.CharField(max_length=1)),
                ('source', models.CharField(max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('name_fa', models.TextField()),
                ('name_en', models.TextField(blank=True)),
                ('kind', models.CharField(max_length=20)),
                ('issuer_code', models.CharField(blank=True, max_length=40)),
                ('approved_on', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('issued_on', models.DateField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('end_kind', models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='RelationVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=160)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('certainty', models.CharField(max_length=1)),
                ('source', models.CharField(max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('instrument_code', models.CharField(max_length=64)),
                ('other_code', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=20)),
            ],
        ),
        migrations.DeleteModel(
            name='LegalInstrument',
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(fields=['instrument_code'], name='directory_article_of'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_article_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_article_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_article_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_article_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('parent_number', models.F('number')), _negated=True), name='directory_article_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_instrument_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_instrument_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_instrument_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_instrument_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('act', 'by-law', 'resolution', 'circular'))), name='directory_instrument_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('approved_on__lte', models.F('confirmed_on')), ('approved_on__lte', models.F('issued_on')), ('approved_on__lte', models.F('published_on')), ('approved_on__lte', models.F('valid_from')), ('confirmed_on__lte', models.F('issued_on')), ('confirmed_on__lte', models.F('published_on')), ('confirmed_on__lte', models.F('valid_from')), ('issued_on__lte', models.F('published_on')), ('issued_on__lte', models.F('valid_from')), ('published_on__lte', models.F('valid_from'))), name='directory_instrument_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_kind', ''), ('valid_to__isnull', True)), models.Q(('end_kind__in', ('superseded', 'repealed', 'expired')), ('valid_to__isnull', False)), _connector='OR'), name='directory_instrument_says_how_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_relation_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_relation_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_relation_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_relation_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('amends', 'supersedes', 'repeals', 'rests-on'))), name='directory_relation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='relationversion',
            constraint=models.CheckConstraint(condition=models.Q(('instrument_code', models.F('other_code')), _negated=True), name='directory_relation_to_another'),
        ),
        Grant("directory_instrumentversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_instrumentversion"),
        Grant("directory_articleversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_articleversion"),
        Grant("directory_relationversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_relationversion"),
    ]
