from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_notices_and_identifiers")]

    operations = [
        migrations.AddIndex("basepage", models.Index(fields=["url_path"], name="page_url_path")),
        migrations.AddIndex(
            "basepage", models.Index(fields=["depth", "first_published_at", "id"], name="page_depth_published")
        ),
    ]
