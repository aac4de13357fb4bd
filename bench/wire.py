"""The program as `entregent serve` starts it, in processes of its own, and a browser that asks it over a socket."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from .browser import Answer, Browser
from .machine import cpu_of, memory_of

HOST = "127.0.0.1"
START_SECONDS = 300


@dataclass
class Wire(Browser):
    """A browser with one connection that is kept open, as browsers keep theirs."""

    port: int = 0

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(HOST, self.port, timeout=60)

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent = {
            "Accept-Encoding": self.accept_encoding,
            "Origin": f"http://{HOST}:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {name.removeprefix("HTTP_").replace("_", "-"): value for name, value in headers.items()}
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body or None, sent)
        response = self.connection.getresponse()
        given: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            if key == "set-cookie":
                self._remember(value)
            given[key] = f"{given[key]}, {value}" if key in given else value
        return Answer(response.status, given, response.read())


@dataclass(frozen=True)
class Server:
    """A running server: its port, and its process, which is the parent of all others."""

    port: int
    process: subprocess.Popen

    def cpu(self) -> float:
        """Return the CPU seconds of its processes."""
        return cpu_of(self.process.pid)

    def memory(self) -> float:
        """Return the memory of its processes (MB), what they share counted once."""
        return memory_of(self.process.pid)

    def first(self, browser: Wire, address: str) -> Answer:
        """Ask until the server answers, and return its first answer."""
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return browser.get(address)
            except (OSError, HTTPException):
                browser.connection.close()
                if time.monotonic() > end or self.process.poll() is not None:
                    raise SystemExit("The server does not start.") from None
                time.sleep(0.01)


@contextmanager
def serving() -> Iterator[Server]:
    """Start the server, and stop it at the end. It may not accept connections yet."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "HOST": HOST}
    environment.pop("ENTREGENT_BASE_URL", None)
    process = subprocess.Popen([sys.executable, "-m", "entregent.cli", "serve"], env=environment)
    try:
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)
