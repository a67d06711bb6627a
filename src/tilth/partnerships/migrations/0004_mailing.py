from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("partnerships", "0003_announced")]

    operations = [
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("invitation", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
