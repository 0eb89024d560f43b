"""Inbox, outbox, updates already seen, dead letters and blocked chats."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BIG_COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "seen_updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_seen_updates_seen_at", "seen_updates", ["seen_at"])
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_index("ix_inbox_person_update_id", "inbox", ["person", "update_id"])
    op.create_table(
        "outbox",
        sa.Column("id", _BIG_COUNTER, primary_key=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat", "id"])
    op.create_table(
        "dead_letters",
        sa.Column("id", _BIG_COUNTER, primary_key=True),
        sa.Column("update_id", sa.BigInteger),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "blocked_chats",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in ("blocked_chats", "dead_letters", "outbox", "inbox", "seen_updates"):
        op.drop_table(table)
