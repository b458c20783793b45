"""What may go wrong before there is a server."""

from __future__ import annotations

import socket

import pytest

from kg.errors import ConfigurationError, InputError
from kg.serve.app import create_app
from kg.serve.run import bind, hosts, serve, url


def test_a_port_in_use_is_named_with_another_to_take(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigurationError, match=rf"port {port} of 127.0.0.1 is in use.*--port \d+"):
            serve(folder, port=port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_does_not_exist_is_refused(port):
    with pytest.raises(ConfigurationError, match="expected 0"):
        bind("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ConfigurationError, match="leave --host out"):
        bind("192.0.2.1", 0)


def test_a_folder_without_a_graph_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no kg.nt"):
        create_app(tmp_path)


def test_a_graph_that_is_none_is_refused(tmp_path):
    (tmp_path / "kg.nt").write_text("this is no triple\n", "utf-8")
    with pytest.raises(InputError, match=r"cannot load .*kg\.nt"):
        create_app(tmp_path)


def test_a_refused_folder_leaves_the_port_free(tmp_path):
    with bind("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with pytest.raises(InputError):
        serve(tmp_path, port=port)
    bind("127.0.0.1", port).close()


def test_a_server_of_this_machine_answers_to_its_local_names_only():
    assert "localhost" in hosts("127.0.0.1")
    assert "*" not in hosts("localhost")
    assert hosts("0.0.0.0") == ("*",)  # noqa: S104 - who asks for every address gets every name


def test_an_address_is_written_as_browsers_take_it():
    with bind("127.0.0.1", 0) as listening:
        assert url(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}/"
