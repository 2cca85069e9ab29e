"""HTTP to our own node, in X-Road's REST convention. Knows nothing of what the answers mean."""

import httpx

from panjereh.domain.exchange.rules.outcomes import NodeAnswer, Question
from panjereh.plumbing import request_log
from panjereh_contracts import headers as names
from panjereh_contracts.faults import ERROR_HEADER

# Our node is near, the register behind it may think for a while; a job waits, no page does.
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 15.0
LARGEST_ANSWER = 1 << 20


class NodeUnreachable(Exception):  # noqa: N818 -- reads as what happened
    """No whole answer came: whether the register was asked is not known. `fault` is a stable code."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NodeClient:
    """The way to one node for one subsystem of ours. Safe to share between threads."""

    def __init__(self, url: str, *, client: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        """`url` has no slash at its end; `client` is `instance/class/member/subsystem`."""
        self._client = client
        # The environment's proxies are not for a neighbour on the loopback.
        self._http = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
            event_hooks={"request": [request_log.carry_id]},
        )

    def ask(self, question: Question, *, user: str) -> NodeAnswer:
        """Send one question and return the answer whole. Raises `NodeUnreachable`; may be repeated."""
        headers = {
            "content-type": "application/json",
            names.CLIENT: self._client,
            names.MESSAGE_ID: question.message_id,
            names.USER_ID: user,
            names.PURPOSE: question.purpose,
            names.LEGAL_BASIS: question.legal_basis,
            names.CONTRACT: question.contract,
        }
        if question.case_reference:
            headers[names.ISSUE] = question.case_reference
        try:
            with self._http.stream(
                "POST", question.data_set.path, content=question.body, headers=headers
            ) as response:
                return NodeAnswer(
                    status=response.status_code,
                    error=response.headers.get(ERROR_HEADER),
                    receipt=response.headers.get(names.RECEIPT),
                    body=_read(response),
                )
        except httpx.TimeoutException as error:
            raise NodeUnreachable("timeout") from error
        except httpx.TransportError as error:
            raise NodeUnreachable("network") from error

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise NodeUnreachable("answer-too-large")
    return bytes(body)
