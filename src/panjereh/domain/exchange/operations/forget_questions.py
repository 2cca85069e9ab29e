"""Take back what tells which question was asked about a person, once that person's key is gone."""

from uuid import UUID

from django.db import connection

# The answer's index keeps two answers to one question apart, so it is replaced and not emptied.
_FORGET = """
    UPDATE exchange_receipt SET question_index = '',
      answer_index = CASE WHEN answer_index = '' THEN answer_index ELSE sha256(id::text::bytea) END
    WHERE subject_id = %s AND question_index <> ''
"""


def forget_questions(subject_id: UUID) -> int:
    """Empty the blind indexes of a person's receipts and return how many had one. A step.

    A question holds little more than a national number: whoever has the index key could try them all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [subject_id])
        return int(cursor.rowcount)
