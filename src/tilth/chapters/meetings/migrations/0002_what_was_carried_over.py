"""Every agenda that a point went on from is remembered, not only the last one.

Of the steps between the first and the last, the rows there are know nothing; `tilth rebuild` makes those again.
"""

import django.db.models.deletion
from django.db import migrations, models


def keep_what_is_known(apps, schema_editor):
    points = apps.get_model("meetings", "AgendaPoint").objects
    meetings = set(apps.get_model("meetings", "Meeting").objects.values_list("id", flat=True))
    carried = apps.get_model("meetings", "CarriedOver").objects
    for point in points.filter(came_from__isnull=False).iterator():
        left = {point.came_from_id, point.added_to} & meetings - {point.meeting_id}
        carried.bulk_create(
            carried.model(partnership_id=point.partnership_id, point_id=point.id, meeting_id=meeting)
            for meeting in left
        )


def _row_of(model):
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=model
    )


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0001_initial"),
        ("partnerships", "0004_mailing"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="agendapoint", name="agenda_carried_over"),
        migrations.CreateModel(
            name="CarriedOver",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "point_id", "meeting_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("partnership", _row_of("partnerships.partnership")),
                ("point", _row_of("meetings.agendapoint")),
                ("meeting", _row_of("meetings.meeting")),
            ],
            options={"indexes": [models.Index("partnership", "meeting", name="agenda_carried_over")]},
        ),
        migrations.RunPython(keep_what_is_known, migrations.RunPython.noop),
        migrations.RemoveField(model_name="agendapoint", name="came_from"),
    ]
