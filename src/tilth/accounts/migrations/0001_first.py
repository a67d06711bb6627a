import django.db.models.deletion
import tilth.protocol.clock
import uuid
from typing import Any
from django.db import migrations, models


def name_the_instance(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "Instance").objects.using(schema_editor.connection.alias).get_or_create(only=True)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('zone', models.CharField(default='UTC', max_length=64)),
                ('theme', models.CharField(choices=[('auto', 'As my device does'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=5)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=tilth.protocol.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('hash', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('generation', models.PositiveIntegerField()),
                ('body', models.BinaryField()),
                ('sig', models.BinaryField()),
                ('previous_sig', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=tilth.protocol.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Instance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('only', models.BooleanField(default=True, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('hash', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('credential_id', models.BinaryField(unique=True)),
                ('credential', models.BinaryField()),
                ('sign_count', models.PositiveBigIntegerField(default=0)),
                ('label', models.CharField(max_length=80)),
                ('added_at', models.DateTimeField(default=tilth.protocol.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PendingCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254)),
                ('digest', models.BinaryField()),
                ('tries_left', models.PositiveSmallIntegerField()),
                ('may_join', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('device_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('browser', models.CharField(blank=True, max_length=80)),
                ('signed_in_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(default=tilth.protocol.clock.now)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Wrap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('phrase', 'Key phrase'), ('passkey', 'Passkey')], max_length=7)),
                ('age', models.BinaryField()),
                ('credential_id', models.BinaryField(null=True)),
                ('prf_salt', models.BinaryField(null=True)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField(default=tilth.protocol.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Keyring',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='keyring', serialize=False, to='accounts.person')),
                ('version', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('theme__in', ['auto', 'light', 'dark'])), name='person_theme_is_known'),
        ),
        migrations.AddField(
            model_name='card',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='accounts.person'),
        ),
        migrations.AddConstraint(
            model_name='instance',
            constraint=models.CheckConstraint(condition=models.Q(('only', True)), name='instance_is_the_only_one'),
        ),
        migrations.AddField(
            model_name='link',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='passkey',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='session',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='wrap',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wraps', to='accounts.card'),
        ),
        migrations.AddField(
            model_name='wrap',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wraps', to='accounts.person'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('person', 'generation'), name='card_generation_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.CheckConstraint(condition=models.Q(('generation__gte', 1)), name='card_generation_starts_at_1'),
        ),
        migrations.AddConstraint(
            model_name='wrap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credential_id', None), ('kind', 'phrase'), ('prf_salt', None)), models.Q(('credential_id__isnull', False), ('kind', 'passkey'), ('prf_salt__isnull', False)), _connector='OR'), name='wrap_fits_its_kind'),
        ),
        migrations.RunPython(name_the_instance, migrations.RunPython.noop, elidable=False),
    ]
