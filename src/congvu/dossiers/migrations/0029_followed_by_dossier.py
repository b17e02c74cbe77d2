from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0028_opinions_follow"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="followeddossier",
            index=models.Index(fields=["dossier"], name="followed_by_dossier"),
        ),
        # those that went along before: a later step named for the giver is the receiver's
        migrations.RunSQL(
            "UPDATE dossiers_dossier SET ties = ties | 128 WHERE id IN (SELECT dossier_id FROM dossiers_followed)",
            migrations.RunSQL.noop,
        ),
    ]
