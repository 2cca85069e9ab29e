"""Agencies, provinces, law and calendars; versions of calendars are insert-only."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('file', models.CharField(max_length=60)),
                ('sha256', models.CharField(max_length=64)),
                ('imported_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('version', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('known_from', models.DateField()),
                ('known_until', models.DateField()),
                ('imported_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('known_from__lte', models.F('known_until'))), name='directory_calendar_known_in_order')],
            },
        ),
        migrations.CreateModel(
            name='LegalInstrument',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('title_fa', models.TextField()),
                ('title_en', models.TextField()),
                ('approved_on', models.DateField(null=True)),
                ('certainty', models.CharField(max_length=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('certainty__in', ['A', 'B', 'C', 'D'])), name='directory_legal_instrument_certainty_known')],
            },
        ),
        migrations.CreateModel(
            name='Province',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False)),
                ('name_fa', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{2}$')), name='directory_province_code_two_digits')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name_fa', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=40)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='directory.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='directory_agency_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('name_fa', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('is_estimated', models.BooleanField()),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='directory.calendar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('calendar', 'on', 'name_en'), name='directory_closing_named_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyRest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('province_code', models.CharField(blank=True, max_length=2)),
                ('weekday', models.SmallIntegerField()),
                ('valid_from', models.DateField()),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='directory.calendar')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='directory_weekly_rest_weekday_exists'), models.UniqueConstraint(fields=('calendar', 'province_code', 'weekday', 'valid_from'), name='directory_weekly_rest_once')],
            },
        ),
        Grant("directory_agency", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("directory_province", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("directory_legalinstrument", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("directory_calendar", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("directory_closing", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("directory_weeklyrest", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("directory_importrun", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
