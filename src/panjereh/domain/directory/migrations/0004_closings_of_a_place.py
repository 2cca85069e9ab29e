"""Closings of a province, of a body and by decree; calendars are taken up, also ones kept before."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    dependencies = [("directory", "0003_law_through_its_life")]

    operations = [
        migrations.CreateModel(
            name='CalendarAdoption',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('adopted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Decree',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('name_fa', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('province_code', models.CharField(blank=True, max_length=2)),
                ('agency_code', models.CharField(blank=True, max_length=40)),
                ('decided_by', models.CharField(max_length=200)),
                ('decreed_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='closing',
            name='directory_closing_named_once_a_day',
        ),
        migrations.AddField(
            model_name='closing',
            name='agency_code',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='closing',
            name='decided_by',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='closing',
            name='kind',
            field=models.CharField(default='holiday', max_length=20),
        ),
        migrations.AddField(
            model_name='closing',
            name='province_code',
            field=models.CharField(blank=True, default='', max_length=2),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.UniqueConstraint(fields=('calendar', 'on', 'name_en', 'province_code', 'agency_code'), name='directory_closing_said_once'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('holiday', 'local', 'emergency'))), name='directory_closing_kind_known'),
        ),
        migrations.AddField(
            model_name='calendaradoption',
            name='calendar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='directory.calendar'),
        ),
        migrations.AddConstraint(
            model_name='decree',
            constraint=models.UniqueConstraint(fields=('on', 'province_code', 'agency_code'), name='directory_decree_once_a_day_and_place'),
        ),
        migrations.RunSQL(
            "INSERT INTO directory_calendaradoption (calendar_id, adopted_at)"
            " SELECT version, imported_at FROM directory_calendar ORDER BY imported_at, version",
            migrations.RunSQL.noop,
        ),
        Grant("directory_calendaradoption", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("directory_decree", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
