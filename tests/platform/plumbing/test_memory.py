"""Reference data is asked for once, until it is forgotten or old."""

import pytest

from panjereh.plumbing import memory
from panjereh_kernel.refusal import NotFound


class Source:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, name: str) -> str:
        self.asked.append(name)
        if name == "nobody":
            raise NotFound
        return name.upper()


def test_the_same_question_is_asked_once():
    source = Source()
    ask = memory.kept(source.ask)

    assert [ask("a"), ask("b"), ask("a")] == ["A", "B", "A"]
    assert source.asked == ["a", "b"]


def test_what_was_forgotten_is_asked_again():
    source = Source()
    ask = memory.kept(source.ask)
    ask("a")

    memory.forget()
    ask("a")

    assert source.asked == ["a", "a"]


def test_what_is_old_is_asked_again(monkeypatch: pytest.MonkeyPatch):
    source, clock = Source(), [100.0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: clock[0])
    ask = memory.kept(source.ask)
    ask("a")

    clock[0] += memory.SECONDS - 0.1
    ask("a")
    clock[0] += 0.2
    ask("a")

    assert source.asked == ["a", "a"]


def test_a_refusal_is_not_kept():
    source = Source()
    ask = memory.kept(source.ask)

    for _ in range(2):
        with pytest.raises(NotFound):
            ask("nobody")

    assert source.asked == ["nobody", "nobody"]


def test_no_more_is_kept_than_there_is_room_for():
    source = Source()
    ask = memory.kept(source.ask)

    for number in range(memory.MOST + 1):
        ask(str(number))
    ask("0")

    assert source.asked.count("0") == 2


def test_an_answer_with_nothing_in_it_is_not_kept():
    source = Source()
    ask = memory.kept(source.ask)

    ask("")
    ask("")

    assert source.asked == ["", ""]
