from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_mailout_consent"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="mailout", name="mail_waiting"),
        migrations.AddIndex(
            model_name="mailout",
            index=models.Index(
                fields=["-urgent", "next_try", "id"],
                name="mail_waiting",
                condition=models.Q(("state", "waiting")),
            ),
        ),
    ]
