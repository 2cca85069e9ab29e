"""Agencies, units and divisions as they were from day to day; rows are added and replaced, never changed."""

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

    dependencies = [("directory", "0001_reference_data")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='AgencyVersion',
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
                ('parent_code', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='DivisionVersion',
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
                ('parent_code', models.CharField(blank=True, max_length=4)),
            ],
        ),
        migrations.CreateModel(
            name='SuccessionVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=160)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('certainty', models.CharField(max_length=1)),
                ('source', models.CharField(max_length=40)),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
                ('predecessor_code', models.CharField(max_length=40)),
                ('successor_code', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='UnitVersion',
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
                ('agency_code', models.CharField(max_length=40)),
                ('parent_code', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(max_length=20)),
                ('province_code', models.CharField(blank=True, max_length=2)),
            ],
        ),
        migrations.RemoveField(
            model_name='agency',
            name='parent',
        ),
        migrations.DeleteModel(
            name='Province',
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_agency_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_agency_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_agency_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_agency_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('presidency', 'ministry', 'president_org', 'affiliated', 'company', 'public', 'judiciary', 'legislative', 'municipality'))), name='directory_agency_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='agencyversion',
            constraint=models.CheckConstraint(condition=models.Q(('parent_code', models.F('code')), _negated=True), name='directory_agency_not_its_own_parent'),
        ),
        migrations.AddIndex(
            model_name='divisionversion',
            index=models.Index(fields=['parent_code', 'code'], name='directory_division_below'),
        ),
        migrations.AddConstraint(
            model_name='divisionversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_division_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='divisionversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_division_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='divisionversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_division_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='divisionversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_division_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='divisionversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^[0-9]{2}$'), ('parent_code', '')), models.Q(('code__regex', '^[0-9]{4}$'), ('code__startswith', models.F('parent_code')), ('parent_code__regex', '^[0-9]{2}$')), models.Q(('code__regex', '^[0-9]{10}$'), ('code__startswith', models.F('parent_code')), ('parent_code__regex', '^[0-9]{4}$')), _connector='OR'), name='directory_division_below_its_parent'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_succession_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_succession_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_succession_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_succession_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('merger', 'split', 'rename'))), name='directory_succession_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='successionversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('predecessor_code', models.F('successor_code')), _negated=True), ('valid_from__isnull', False)), name='directory_succession_of_another'),
        ),
        migrations.AddIndex(
            model_name='unitversion',
            index=models.Index(fields=['agency_code', 'code'], name='directory_unit_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='directory_unit_valid_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_at__lte', models.F('replaced_at'))), name='directory_unit_replaced_later'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ('A', 'B', 'C', 'D'))), name='directory_unit_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('replaced_at__isnull', True)), expressions=[('code', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='directory_unit_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('headquarters', 'provincial', 'county', 'office'))), name='directory_unit_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='unitversion',
            constraint=models.CheckConstraint(condition=models.Q(('parent_code', models.F('code')), _negated=True), name='directory_unit_not_its_own_parent'),
        ),
        migrations.DeleteModel(
            name='Agency',
        ),
        Grant("directory_agencyversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_agencyversion"),
        Grant("directory_unitversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_unitversion"),
        Grant("directory_successionversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_successionversion"),
        Grant("directory_divisionversion", application=("SELECT", "INSERT"), reader=("SELECT",)),
        replaced_may_be_set("directory_divisionversion"),
    ]
