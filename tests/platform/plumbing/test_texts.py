"""Every text has one Persian wording, and every refusal a sentence in both languages."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from procrastinate.contrib.django import app

import panjereh.jobs.tasks  # noqa: F401 -- loads every room, so that every refusal is known
from panjereh.plumbing.kit.blocks import components
from panjereh_kernel.refusal import Refusal

SOURCE = Path(__file__).resolve().parents[3] / "src" / "panjereh"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

# Texts that code asks for by a code: a test of their own holds each kind to the codes there are.
CODED = ("refusal:", "job:")


def messages(language: str) -> Iterator[tuple[Path, Message]]:
    """Yield every entry of every catalogue of a language."""
    for path in sorted(SOURCE.rglob(f"locale/{language}/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            yield from ((path, message) for message in read_po(file, locale=language) if message.id)


def key_of(message: Message) -> str:
    return f"{message.context or ''}\x04{message.id if isinstance(message.id, str) else message.id[0]}"


def used_texts() -> set[str]:
    """Return every text that code or a template asks the catalogue for."""
    methods = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
    found = extract_from_dir(str(SOURCE), method_map=methods, keywords=KEYWORDS)
    in_code = {
        f"{context or ''}\x04{text if isinstance(text, str) else text[0]}"
        for _file, _line, text, _comments, context in found
    }
    # What the blocks of the page kit say is read from comments, where no extractor looks.
    return in_code | {f"\x04{text}" for each in components().values() for text in each.sentences}


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("panjereh"):
            yield each
        yield from refusals(each)


def test_one_text_is_translated_one_way():
    wordings = defaultdict(set)
    for path, message in messages("fa"):
        wordings[key_of(message)].add((str(message.string), path.relative_to(SOURCE).parts[:-4]))

    clashes = {key: found for key, found in wordings.items() if len({wording for wording, _ in found}) > 1}
    assert clashes == {}


def test_every_text_in_use_has_a_persian_wording():
    translated = {key_of(message) for _, message in messages("fa") if message.string}

    missing = {text for text in used_texts() if not text.endswith(CODED)} - translated
    assert missing == set()


def test_no_persian_wording_has_lost_its_place():
    kept = {key_of(message) for _, message in messages("fa")}

    lost = {key for key in kept - used_texts() if not key.removeprefix("\x04").startswith(CODED)}
    assert lost == set()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_refusal_a_person_can_meet_has_a_sentence(language):
    said = {message.id for _, message in messages(language)}

    codes = {
        each.code
        for each in refusals()
        if getattr(each, "code", "") and each.__module__.startswith(("panjereh.", "panjereh_kernel."))
    }
    assert {code for code in codes if f"refusal:{code}" not in said} == set()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_job_has_its_name_in_words_and_no_word_is_of_a_job_that_is_gone(language):
    ours = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("panjereh.")}
    said = [message.id for _, message in messages(language) if str(message.id).startswith("job:")]

    assert sorted(said) == sorted(f"job:{name}" for name in ours)
