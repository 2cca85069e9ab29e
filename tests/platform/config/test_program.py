"""The command line and the server's application."""

import pytest

from panjereh.config import program


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the commands that would run."""
    commands: list[list[str]] = []
    monkeypatch.setattr(program, "execute_from_command_line", commands.append)
    return commands


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (["install-packs", "--dry-run"], ["install_packs", "--dry-run"]),
        (["--version"], ["--version"]),
        ([], []),
    ],
)
def test_a_command_is_typed_with_hyphens(
    monkeypatch: pytest.MonkeyPatch, run: list[list[str]], typed, command
):
    monkeypatch.setattr(program.sys, "argv", ["panjereh", *typed])

    program.main()

    assert run == [["panjereh", *command]]


def test_an_unknown_setting_is_named_and_not_refused(
    monkeypatch: pytest.MonkeyPatch, run: list[list[str]], capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PANJEREH_PUBLIC_ULR", "x")

    program.main()

    assert "unknown setting: PANJEREH_PUBLIC_ULR" in capsys.readouterr().err
    assert len(run) == 1


@pytest.mark.parametrize(
    ("command", "listened"), [("serve", ["serve"]), ("worker", ["worker"]), ("migrate", [])]
)
def test_a_program_that_stays_shows_its_metrics(
    monkeypatch: pytest.MonkeyPatch, run: list[list[str]], command: str, listened: list[str]
):
    heard: list[str] = []
    monkeypatch.setattr(program, "listen", lambda _address, *, command: heard.append(command))
    monkeypatch.setattr(program.sys, "argv", ["panjereh", command])
    monkeypatch.setenv("PANJEREH_METRICS_LISTEN", "127.0.0.1:9400")

    program.main()

    assert heard == listened


def test_a_faulty_environment_ends_the_program_with_its_faults(
    monkeypatch: pytest.MonkeyPatch, run: list[list[str]], capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("PANJEREH_NODE_URL")
    monkeypatch.setenv("PANJEREH_PUBLIC_URL", "x")

    with pytest.raises(SystemExit) as ended:
        program.main()

    told = capsys.readouterr().err
    assert (ended.value.code, run) == (2, [])
    assert "PANJEREH_NODE_URL is not set" in told
    assert "PANJEREH_PUBLIC_URL: " in told


def test_the_server_serves_files_of_the_front_end_before_pages():
    from panjereh.config import wsgi

    answered: list[str] = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/static/mark.svg", "QUERY_STRING": ""}

    body = b"".join(wsgi.application(asked, lambda status, _headers: answered.append(status)))

    assert answered == ["200 OK"]
    assert b"<svg" in body
