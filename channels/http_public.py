"""Connections that lead into the public network alone, whatever a name resolves to at that moment."""

from __future__ import annotations

import socket

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from channels.addresses import is_public


class PrivateAddressError(NewConnectionError):
    """The connection led into a private network and was closed before anything was sent."""


class PublicAdapter(HTTPAdapter):
    """An adapter of requests that speaks with public addresses only.

    The address is looked at once the connection stands, so that a name cannot resolve to one thing when it is
    checked and to another when it is used.
    """

    def init_poolmanager(self, *args: object, **parts: object) -> None:
        """As the library does, with connections that look where they lead."""
        super().init_poolmanager(*args, **parts)  # type: ignore[arg-type]  # handed on as they came
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}


class _HttpConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


class _HttpsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _HttpConnection


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _HttpsConnection


def _checked(connection: HTTPConnection, opened: socket.socket) -> socket.socket:
    """The socket if it leads into the public network. Raises PrivateAddressError after closing it."""
    if is_public(opened.getpeername()[0]):
        return opened
    opened.close()
    raise PrivateAddressError(connection, "a private address")
