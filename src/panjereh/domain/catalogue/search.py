"""Search over the services: the same folded tokens and trigrams on both sides, two rankings fused.

Full text finds words in any form and order, trigrams forgive a slip of the finger; reciprocal rank fusion
joins them without weighing scores that cannot be compared.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from panjereh.domain.catalogue.rules.pack import Pack
from panjereh.domain.catalogue.rules.synonyms import tokens_of
from panjereh_kernel.persian import fold, search_tokens

MAX_QUERY: Final = 200
_CANDIDATES: Final = 101  # one more than a page ever counts
_FUSION: Final = 60  # the constant of reciprocal rank fusion: how little the very first place counts
_FAR: Final = 0.65  # trigram distance (0 to 1) from which on two words are different words

_UPSERT: Final = """
INSERT INTO catalogue_service (id, version, tokens, letters, published_at)
VALUES (%(id)s, %(version)s,
        setweight(array_to_tsvector(%(title)s::text[]), 'A')
     || setweight(array_to_tsvector(%(keywords)s::text[]), 'B')
     || setweight(array_to_tsvector(%(summary)s::text[]), 'C'),
        %(letters)s, %(at)s)
ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, tokens = EXCLUDED.tokens,
    letters = EXCLUDED.letters, published_at = EXCLUDED.published_at
"""

_SEARCH: Final = """
WITH words AS (
    SELECT id, row_number() OVER (ORDER BY ts_rank('{0, 0.2, 0.6, 1}', tokens, query) DESC, id) AS place
    FROM catalogue_service, (SELECT %(query)s::tsquery AS query) AS asked
    WHERE tokens @@ query
    ORDER BY place LIMIT %(candidates)s
), nearest AS (
    SELECT id, %(letters)s <<-> letters AS distance
    FROM catalogue_service ORDER BY distance LIMIT %(candidates)s
), likeness AS (
    SELECT id, row_number() OVER (ORDER BY distance, id) AS place
    FROM nearest WHERE distance <= %(far)s
)
SELECT id FROM (SELECT * FROM words UNION ALL SELECT * FROM likeness) AS ranked
GROUP BY id
ORDER BY sum(1.0 / (%(fusion)s + place)) DESC, id
LIMIT %(limit)s
"""


_EXACTLY: Final = """
SELECT id FROM catalogue_service, (SELECT %(query)s::tsquery AS query) AS asked
WHERE tokens @@ query
ORDER BY ts_rank('{0, 0.2, 0.6, 1}', tokens, query) DESC, id
LIMIT %(limit)s
"""


def index_service(pack: Pack, *, at: dt.datetime) -> None:
    """Publish this version for new cases and make it findable. A step of `install_packs`."""
    titles = tuple(pack.title.values())
    words = [word for language in pack.keywords.values() for word in language]
    row: dict[str, Any] = {
        "id": pack.id,
        "version": pack.version,
        "title": _tokens(*titles),
        "keywords": _tokens(*words),
        "summary": _tokens(*pack.summary.values()),
        "letters": " ".join(map(fold, (*titles, *words))),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, row)


def find_services(query: str, *, added: Sequence[str] = (), limit: int) -> list[str]:
    """Return the ids of the services that fit a query or a word added to it, best first; none for a query
    without words.
    """
    tokens = tokens_of([query[:MAX_QUERY]])
    if not tokens:
        return []
    tokens = tokens_of([query[:MAX_QUERY], *added])
    parameters: dict[str, Any] = {
        # Tokens are letters and digits alone (a law of the kernel's tests), so quoting them is enough.
        "query": " | ".join(f"'{token}'" for token in tokens),
        "letters": fold(query[:MAX_QUERY]),
        "far": _FAR,
        "candidates": _CANDIDATES,
        "fusion": _FUSION,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, parameters)
        return [service_id for (service_id,) in cursor.fetchall()]


def find_exactly(query: str, *, limit: int) -> list[str]:
    """Return the ids of the services that have every word of a query, in whatever form; best first."""
    words = [search_tokens(word) for word in query[:MAX_QUERY].split()]
    asked = " & ".join("(" + " | ".join(f"'{token}'" for token in tokens) + ")" for tokens in words if tokens)
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_EXACTLY, {"query": asked, "limit": limit})
        return [service_id for (service_id,) in cursor.fetchall()]


def _tokens(*texts: str) -> list[str]:
    return sorted({token for text in texts for token in search_tokens(text)})
