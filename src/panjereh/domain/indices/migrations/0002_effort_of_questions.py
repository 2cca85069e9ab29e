"""How much work a yes to a question takes: our own mark.

Until assessments had a room of their own this came in one migration with their tables. An installation that
ran that one has the column; its old tables of assessments are left empty and unused.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('indices', '0002_assessments')]
    dependencies = [
        ('indices', '0001_editions_values_targets'),
    ]

    operations = [
        migrations.AddField(
            model_name='question',
            name='effort',
            field=models.SmallIntegerField(db_default=2),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('effort__range', (1, 3))), name='indices_question_effort_known'),
        ),
    ]
