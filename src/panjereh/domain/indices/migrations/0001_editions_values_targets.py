"""Published indices with their sources, editions and values; targets, proposals and what-ifs."""

import django.db.models.deletion
from django.db import migrations, models

from panjereh.plumbing.grants import Grant


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('publisher', models.TextField()),
                ('title', models.TextField()),
                ('taken_from', models.TextField()),
                ('version', models.CharField(blank=True, max_length=40)),
                ('taken_on', models.DateField(null=True)),
                ('licence', models.TextField()),
                ('about', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('index', models.CharField(max_length=20)),
                ('iso3', models.CharField(max_length=3)),
                ('edition', models.CharField(max_length=8)),
                ('changes', models.JSONField()),
                ('weights', models.JSONField(null=True)),
                ('made_by', models.UUIDField(null=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9_-]{8,24}$')), name='indices_scenario_code_short'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='indices_scenario_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('index', models.CharField(max_length=20)),
                ('edition', models.CharField(max_length=8)),
                ('sha256', models.CharField(max_length=64)),
                ('method', models.TextField()),
                ('rows', models.JSONField()),
                ('report', models.JSONField()),
                ('state', models.CharField(max_length=12)),
                ('proposed_by', models.UUIDField()),
                ('proposed_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('index', models.CharField(max_length=20)),
                ('edition', models.CharField(max_length=8)),
                ('title_fa', models.TextField()),
                ('title_en', models.TextField()),
                ('method', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('iso3', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('iso2', models.CharField(max_length=2)),
                ('name_fa', models.TextField()),
                ('name_en', models.TextField()),
                ('region_fa', models.TextField()),
                ('region_en', models.TextField()),
                ('sub_region_fa', models.TextField()),
                ('sub_region_en', models.TextField()),
                ('income_group', models.CharField(blank=True, max_length=20)),
                ('is_member', models.BooleanField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('index', models.CharField(max_length=20)),
                ('part', models.CharField(max_length=40)),
                ('iso3', models.CharField(max_length=3)),
                ('baseline_edition', models.CharField(max_length=8)),
                ('baseline_rank', models.SmallIntegerField()),
                ('places', models.SmallIntegerField()),
                ('begins_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('thresholds', models.JSONField()),
                ('title_fa', models.TextField()),
                ('title_en', models.TextField()),
                ('quote_fa', models.TextField()),
                ('quote_en', models.TextField()),
                ('quoted_from_fa', models.TextField()),
                ('quoted_from_en', models.TextField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('baseline_rank__gt', models.F('places')), ('places__gte', 1)), name='indices_target_climbs_within_its_ranks'), models.CheckConstraint(condition=models.Q(('begins_on__lt', models.F('ends_on'))), name='indices_target_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Value',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('iso3', models.CharField(max_length=3)),
                ('part', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=5, max_digits=10, null=True)),
                ('published_rank', models.SmallIntegerField(null=True)),
                ('ranked', models.BooleanField()),
                ('revision', models.SmallIntegerField()),
                ('recorded_at', models.DateTimeField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='indices.edition')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='indices.proposal')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
        ),
        migrations.CreateModel(
            name='Raw',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('iso3', models.CharField(max_length=3)),
                ('indicator', models.CharField(max_length=40)),
                ('year', models.SmallIntegerField()),
                ('value', models.DecimalField(decimal_places=5, max_digits=10)),
                ('revision', models.SmallIntegerField()),
                ('recorded_at', models.DateTimeField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('iso3', 'indicator', 'year', 'revision'), name='indices_raw_once'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='indices_raw_revision_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('question_set', models.CharField(max_length=12)),
                ('number', models.SmallIntegerField()),
                ('part', models.CharField(max_length=8)),
                ('codes', models.CharField(max_length=60)),
                ('count', models.SmallIntegerField()),
                ('title_fa', models.TextField()),
                ('title_en', models.TextField()),
                ('is_machine_checkable', models.BooleanField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indices.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('question_set', 'codes'), name='indices_question_once'), models.UniqueConstraint(fields=('question_set', 'number'), name='indices_question_in_order'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='indices_question_counts')],
            },
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'turned-down'])), name='indices_proposal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='indices_proposal_decided_iff_over'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='indices_proposal_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('index', 'edition'), name='indices_proposal_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('index', 'edition'), name='indices_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('edition__regex', '^[0-9]{4}$')), name='indices_edition_is_a_year'),
        ),
        migrations.AddConstraint(
            model_name='country',
            constraint=models.CheckConstraint(condition=models.Q(('iso2__regex', '^[A-Z]{2}$'), ('iso3__regex', '^[A-Z]{3}$')), name='indices_country_codes_are_iso'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.UniqueConstraint(fields=('edition', 'iso3', 'part', 'revision'), name='indices_value_once'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='indices_value_revision_from_one'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__range', (0, 2)), _connector='OR'), name='indices_value_within_its_scale'),
        ),
        migrations.AddConstraint(
            model_name='value',
            constraint=models.CheckConstraint(condition=models.Q(('published_rank__isnull', True), ('published_rank__gte', 1), _connector='OR'), name='indices_value_rank_from_one'),
        ),
        Grant("indices_source", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("indices_country", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("indices_edition", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("indices_question", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("indices_proposal", application=("SELECT", "INSERT", "UPDATE"), reader=("SELECT",)),
        Grant("indices_value", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("indices_raw", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("indices_target", application=("SELECT", "INSERT"), reader=("SELECT",)),
        Grant("indices_scenario", application=("SELECT", "INSERT"), reader=("SELECT",)),
    ]
