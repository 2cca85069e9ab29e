"""Pages are compressed for those nobody knows, and never for somebody with a session."""

import gzip

from django.conf import settings
from django.test import Client

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}


def test_a_first_visit_is_compressed():
    answer = Client().get("/", **GZIP)

    assert answer["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(answer.content)


def test_a_browser_that_takes_no_compression_gets_none():
    assert "Content-Encoding" not in Client().get("/").headers


def test_a_browser_with_a_session_gets_none():
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "some-session"

    answer = client.get("/", **GZIP)

    assert "Content-Encoding" not in answer.headers
    assert b"</html>" in answer.content


def test_the_length_of_one_page_differs_from_time_to_time():
    lengths = {len(Client().get("/", **GZIP).content) for _ in range(12)}

    assert len(lengths) > 1
