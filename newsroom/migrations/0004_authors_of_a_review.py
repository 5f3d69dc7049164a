from django.db import migrations, models


def mark_confirmations(apps, _schema_editor):
    """What one more person had read of the last step's corrections."""
    approvals, states = apps.get_model("newsroom", "Approval"), apps.get_model("newsroom", "ReviewState")
    confirmed = states.objects.filter(is_confirmation=True)
    approvals.objects.filter(task_state__in=confirmed.values("pk")).update(is_confirmation=True)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_reviews")]

    operations = [
        migrations.AddField(
            model_name="approval", name="is_confirmation", field=models.BooleanField(default=False)
        ),
        migrations.AddField(model_name="reviewstate", name="authors", field=models.JSONField(default=list)),
        migrations.RunPython(mark_confirmations, migrations.RunPython.noop),
    ]
