"""Counted events, their counts, and how far each figure has read."""

from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [("plumbing", "0001_keys_and_outbox")]

    operations = [
        migrations.CreateModel(
            name='CountedEvent',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('figure', models.CharField(max_length=80)),
                ('log_index', models.BigIntegerField()),
                ('leaf_id', models.UUIDField()),
                ('service', models.CharField(max_length=120)),
                ('state', models.CharField(max_length=40)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['figure', 'on', 'service', 'state', 'log_index'], name='figures_countedevent_of_a_cell')],
                'constraints': [models.UniqueConstraint(fields=('figure', 'log_index'), name='figures_countedevent_once'), models.CheckConstraint(condition=models.Q(('log_index__gte', 0)), name='figures_countedevent_has_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('figure', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('log_index', models.BigIntegerField()),
                ('read_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('log_index__gte', -1)), name='figures_cursor_from_before_the_first')],
            },
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('figure', models.CharField(max_length=80)),
                ('service', models.CharField(max_length=120)),
                ('state', models.CharField(max_length=40)),
                ('on', models.DateField()),
                ('count', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('figure', 'on', 'service', 'state'), name='figures_dailycount_one_a_cell'), models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='figures_dailycount_counts_something')],
            },
        ),
        Grant("figures_countedevent", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("figures_dailycount", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("figures_cursor", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
    ]
