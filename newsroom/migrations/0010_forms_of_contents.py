from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0009_statements'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='form',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='form of the content'),
        ),
    ]
