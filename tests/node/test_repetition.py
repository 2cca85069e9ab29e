"""Both halves over time: repetition, a log that fails, a configuration that ages, memory that fills."""

import asyncio
import dataclasses
import datetime as dt
from typing import Any

import pytest

from panjereh_contracts.configuration import ConfigurationOutdated
from panjereh_contracts.faults import ExchangeRefusal, PeerNodeRefused, Side
from panjereh_contracts.receipt import Receipt, verify_receipt
from panjereh_node.flows.ports import (
    LoggingFailed,
    PeerTooSlow,
    PeerUnreachable,
    ServiceFailed,
    ServiceTooSlow,
)
from panjereh_node.protocol.messages import HttpAnswer, HttpRequest
from panjereh_node.protocol.replay import (
    ANSWER_WINDOW,
    GivenAnswer,
    MemoryFull,
    MessageIdReused,
    Replayed,
    ReplayMemory,
    SeenNonce,
)
from tests.node.kit import AT, MESSAGE_ID, PERSON_PATH, question_headers
from tests.node.pair import BODY, OTHER_ID, WORLD, Pair, make_pair

# --- repetition ----------------------------------------------------------------------------------


def test_a_repeated_question_gets_the_same_answer_without_asking_again(pair: Pair) -> None:
    first = pair.ask()

    second = pair.ask()

    assert (second.status, second.body) == (first.status, first.body)
    assert len(pair.backends.asked) == 1
    verify_receipt(
        Receipt.decode(dict(second.headers)["panjereh-receipt"]),
        provider_key=WORLD.member_keys["nocr"].public_key(),
    )


def test_two_askers_at_once_share_one_question(pair: Pair) -> None:
    async def both() -> list[HttpAnswer]:
        pair.backends.hold = asyncio.Event()
        request = HttpRequest("POST", PERSON_PATH, "", question_headers(), BODY)
        tasks = [asyncio.create_task(pair.asking.ask(request)) for _ in range(2)]
        await asyncio.sleep(0.01)
        pair.backends.hold.set()
        return await asyncio.gather(*tasks)

    answers = asyncio.run(both())

    assert answers[0].body == answers[1].body
    assert len(pair.backends.asked) == 1


def test_one_message_id_for_two_questions_is_refused(pair: Pair) -> None:
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(body=b"{}")

    assert type(pair.wire.refusal) is MessageIdReused
    assert len(pair.backends.asked) == 1


def test_one_message_id_for_two_questions_at_once_is_refused(pair: Pair) -> None:
    async def both() -> list[Any]:
        pair.backends.hold = asyncio.Event()
        asked = [HttpRequest("POST", PERSON_PATH, "", question_headers(), body) for body in (BODY, b"{}")]
        tasks = [asyncio.create_task(pair.asking.ask(request)) for request in asked]
        await asyncio.sleep(0.01)
        pair.backends.hold.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    answer, refusal = asyncio.run(both())

    assert isinstance(answer, HttpAnswer)
    assert isinstance(refusal, PeerNodeRefused)
    assert type(pair.wire.refusal) is MessageIdReused


def test_the_answer_is_forgotten_after_its_window(pair: Pair) -> None:
    pair.ask()
    pair.edge.at += ANSWER_WINDOW + dt.timedelta(seconds=1)

    pair.ask()

    assert len(pair.backends.asked) == 2


@pytest.mark.parametrize("fault", [ServiceFailed(), ServiceTooSlow()])
def test_a_register_that_fails_is_asked_again_on_repetition(pair: Pair, fault: ExchangeRefusal) -> None:
    pair.backends.fault = fault
    with pytest.raises(PeerNodeRefused) as refused:
        pair.ask()
    assert refused.value.type_at(Side.CONSUMER) == "server.serverproxy.service_failed"
    pair.backends.fault = None

    assert pair.ask().status == 200
    assert [dict(request.headers)["x-road-id"] for _, request in pair.backends.asked] == [MESSAGE_ID] * 2


@pytest.mark.parametrize("status", [500, 503, 408, 425, 429])
def test_a_register_that_says_not_now_is_asked_again_on_repetition(pair: Pair, status: int) -> None:
    pair.backends.status = status
    assert pair.ask().status == status
    pair.backends.status = 200

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 2
    assert [each.answer.status for each in pair.provider_log.memory if hasattr(each, "answer")] == [200]


# --- the log -------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_request_that_cannot_be_logged_is_not_sent(pair: Pair, failure: str) -> None:
    getattr(pair.consumer_log, failure).add(0)

    with pytest.raises(LoggingFailed):
        pair.ask()

    assert pair.wire.sent == []


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_an_answer_that_cannot_be_logged_is_not_handed_over(pair: Pair, failure: str) -> None:
    getattr(pair.consumer_log, failure).add(1)

    with pytest.raises(LoggingFailed):
        pair.ask()


@pytest.mark.parametrize("fault", [PeerUnreachable(), PeerTooSlow()])
def test_an_answer_that_never_came_is_given_when_the_question_is_repeated(
    pair: Pair, fault: ExchangeRefusal
) -> None:
    def lose(_answer: HttpAnswer) -> HttpAnswer:
        raise fault

    pair.wire.on_answer = lose
    with pytest.raises(type(fault)):
        pair.ask()
    pair.wire.on_answer = lambda answer: answer

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 1


@pytest.mark.parametrize("fault", [PeerUnreachable(), PeerTooSlow()])
def test_a_question_that_never_arrived_is_asked_once_when_it_is_repeated(
    pair: Pair, fault: ExchangeRefusal
) -> None:
    def lose(_request: HttpRequest) -> HttpRequest:
        raise fault

    pair.wire.on_request = lose
    with pytest.raises(type(fault)):
        pair.ask()
    pair.wire.on_request = lambda request: request

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 1


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_provider_that_cannot_log_does_not_ask_its_register(pair: Pair, failure: str) -> None:
    getattr(pair.provider_log, failure).add(0)

    pair.refused_with(LoggingFailed)


@pytest.mark.parametrize("failure", ["fail_before", "fail_after"])
def test_a_provider_that_cannot_log_its_answer_keeps_it_for_the_repetition(pair: Pair, failure: str) -> None:
    getattr(pair.provider_log, failure).add(1)
    with pytest.raises(PeerNodeRefused):
        pair.ask()
    getattr(pair.provider_log, failure).clear()

    assert pair.ask().status == 200
    assert len(pair.backends.asked) == 1


# --- configuration and memory --------------------------------------------------------------------


def test_a_node_goes_on_while_its_configuration_is_usable(pair: Pair) -> None:
    pair.edge.at += dt.timedelta(days=29)

    assert pair.ask().status == 200


def test_a_node_refuses_once_its_configuration_is_outdated(pair: Pair) -> None:
    pair.edge.at += dt.timedelta(days=31)

    with pytest.raises(ConfigurationOutdated):
        pair.ask()
    assert pair.consumer_log.leaves == []


def test_full_memory_refuses_rather_than_forgets() -> None:
    pair = make_pair()
    pair.answering = dataclasses.replace(pair.answering, memory=ReplayMemory(max_nonces=1))
    pair.wire.answering = pair.answering
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(x_road_id=OTHER_ID)

    assert type(pair.wire.refusal) is MemoryFull


def test_no_room_for_an_answer_means_not_asking() -> None:
    pair = make_pair()
    pair.answering = dataclasses.replace(pair.answering, memory=ReplayMemory(max_answers=1))
    pair.wire.answering = pair.answering
    pair.ask()

    with pytest.raises(PeerNodeRefused):
        pair.ask(x_road_id=OTHER_ID)

    assert len(pair.backends.asked) == 1


def test_a_nonce_is_forgotten_only_when_its_request_is_dead() -> None:
    memory = ReplayMemory(max_nonces=1)
    nonce = SeenNonce("k", "n", AT)
    memory.see(nonce, at=AT)

    with pytest.raises(Replayed):
        memory.see(nonce, at=AT)
    memory.see(nonce, at=AT + dt.timedelta(seconds=1))


def test_the_first_answer_to_a_question_stays() -> None:
    memory = ReplayMemory()
    pair = make_pair()
    pair.ask()
    given = next(item for item in pair.provider_log.memory if isinstance(item, GivenAnswer))

    memory.keep(given)
    memory.keep(dataclasses.replace(given, answer=HttpAnswer(500, (), b"")))

    assert memory.find(given.consumer, given.message_id, fingerprint=given.fingerprint, at=AT) == given
