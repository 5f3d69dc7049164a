from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0014_search_rows")]

    operations = [
        migrations.AddIndex("basepage", models.Index(fields=["last_published_at"], name="page_last_published")),
    ]
