"""A body may rest on other days of the week than its province."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("directory", "0004_closings_of_a_place")]

    operations = [
        migrations.AddField(
            model_name='weeklyrest',
            name='agency_code',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.RemoveConstraint(
            model_name='weeklyrest',
            name='directory_weekly_rest_once',
        ),
        migrations.AddConstraint(
            model_name='weeklyrest',
            constraint=models.UniqueConstraint(fields=('calendar', 'province_code', 'agency_code', 'weekday', 'valid_from'), name='directory_weekly_rest_once_a_place'),
        ),
    ]
