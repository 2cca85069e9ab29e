"""Before the first edition was brought in."""

from django.test import Client

from panjereh.plumbing import memory


def test_with_no_edition_the_first_page_says_so_and_the_others_lead_nowhere(client: Client, db: None):
    memory.forget()

    assert "No edition of an index was brought in yet." in client.get("/en/indices/").text
    assert client.get("/en/indices/what-if/").status_code == 404
    assert "No target was brought in yet." in client.get("/en/indices/targets/").text
