"""Connections that lead into the public network alone, whatever a name resolves to at that moment."""

from __future__ import annotations

import socket
from typing import ClassVar

from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from channels.addresses import is_public
from channels.http_timely import TimelyAdapter, TimelyConnection, TimelyTlsConnection


class PrivateAddressError(NewConnectionError):
    """The connection led into a private network and was closed before anything was sent."""


class _HttpConnection(TimelyConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


class _HttpsConnection(TimelyTlsConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(self, super()._new_conn())


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _HttpConnection


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _HttpsConnection


class PublicAdapter(TimelyAdapter):
    """An adapter of requests that speaks with public addresses only.

    The address is looked at once the connection stands, so that a name cannot resolve to one thing when it is
    checked and to another when it is used.
    """

    pools: ClassVar = {"http": _HttpPool, "https": _HttpsPool}


def _checked(connection: HTTPConnection, opened: socket.socket) -> socket.socket:
    """The socket if it leads into the public network. Raises PrivateAddressError after closing it."""
    if is_public(opened.getpeername()[0]):
        return opened
    opened.close()
    raise PrivateAddressError(connection, "a private address")
