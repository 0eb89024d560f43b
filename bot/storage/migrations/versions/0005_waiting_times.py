"""When a row was queued, whose unanswered question it was (a hash), and small marks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("queued_at", sa.Float))
    op.add_column("outbox", sa.Column("queued_at", sa.Float))
    op.add_column("unanswered", sa.Column("asker", sa.String(32)))
    op.create_index("ix_unanswered_asker", "unanswered", ["asker"])
    op.create_table(
        "marks",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("marks")
    op.drop_index("ix_unanswered_asker", "unanswered")
    op.drop_column("unanswered", "asker")
    op.drop_column("outbox", "queued_at")
    op.drop_column("inbox", "queued_at")
