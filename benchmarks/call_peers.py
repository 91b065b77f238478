"""Who makes the calls: our clients, zeep, suds, and a bare socket as the floor.

Each function makes a client of the service at an address. All of them import what they need
themselves, and the module imports nothing: a cold start pays for its own client alone.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from msgsend import Binding

WSDL = f"{__file__.rpartition('/')[0]}/../wsdl/msgsend/MsgSend.wsdl"
PORT = "MsgSendSoap"
USER = "demo"
PASSWORD = "secret"
PHONE = "13900000000"
MESSAGE = "您的验证码是 1234，5分钟内有效【签名】"
CHANNEL = "0"
MOST_IN_FLIGHT = 64


class Calls:
    """The two calls of a client. With an asynchronous client they give awaitables.

    `for_thread` gives what another thread is to use, where threads cannot share a client.
    """

    __slots__ = ("for_thread", "get_report2", "send_msg")

    def __init__(
        self,
        send_msg: "Callable[[], object]",
        get_report2: "Callable[[], object] | None",
        for_thread: "Callable[[], Calls] | None" = None,
    ) -> None:
        self.send_msg = send_msg
        self.get_report2 = get_report2
        self.for_thread = for_thread or (lambda: self)


def _records(text: str) -> object:
    """The usual loop, for those who give a string. It is not there in a cold start."""
    from .baselines import timed_loop

    return timed_loop(text)


def msgsend_soap(url: str) -> Calls:
    from msgsend import Binding

    return _msgsend(url, Binding.SOAP11)


def msgsend_post(url: str) -> Calls:
    from msgsend import Binding

    return _msgsend(url, Binding.POST)


def _msgsend(url: str, binding: "Binding") -> Calls:
    """The default transport."""
    from msgsend import Client

    client = Client(user_code=USER, user_pass=PASSWORD, base_url=url, binding=binding)
    return Calls(
        lambda: client.send_msg(des_no=PHONE, msg=MESSAGE, channel=CHANNEL), client.get_report2
    )


def msgsend_httpx2(url: str) -> Calls:
    from msgsend import Binding, Client, HttpxTransport

    client = Client(
        user_code=USER,
        user_pass=PASSWORD,
        base_url=url,
        binding=Binding.SOAP11,
        transport=HttpxTransport(),
    )
    return Calls(
        lambda: client.send_msg(des_no=PHONE, msg=MESSAGE, channel=CHANNEL), client.get_report2
    )


def msgsend_async_soap(url: str) -> Calls:
    from msgsend import Binding

    return _msgsend_async(url, Binding.SOAP11)


def msgsend_async_post(url: str) -> Calls:
    from msgsend import Binding

    return _msgsend_async(url, Binding.POST)


def _msgsend_async(url: str, binding: "Binding") -> Calls:
    """The default transport."""
    from msgsend import AsyncClient

    client = AsyncClient(user_code=USER, user_pass=PASSWORD, base_url=url, binding=binding)
    return Calls(
        lambda: client.send_msg(des_no=PHONE, msg=MESSAGE, channel=CHANNEL), client.get_report2
    )


def msgsend_async_httpx2(url: str) -> Calls:
    from msgsend import AsyncClient, Binding, HttpxAsyncTransport

    client = AsyncClient(
        user_code=USER,
        user_pass=PASSWORD,
        base_url=url,
        binding=Binding.SOAP11,
        transport=HttpxAsyncTransport(),
    )
    return Calls(
        lambda: client.send_msg(des_no=PHONE, msg=MESSAGE, channel=CHANNEL), client.get_report2
    )


def zeep(url: str) -> Calls:
    """As its documentation shows it."""
    import requests

    return _zeep(url, requests.Session())


def zeep_tuned(url: str) -> Calls:
    """With a connection for each thread, and without a look into the environment for each call."""
    import requests
    from requests.adapters import HTTPAdapter

    session = requests.Session()
    session.mount("http://", HTTPAdapter(pool_maxsize=MOST_IN_FLIGHT))
    session.trust_env = False
    return _zeep(url, session)


def _zeep(url: str, session: object) -> Calls:
    from zeep import Client
    from zeep.transports import Transport

    client = Client(WSDL, transport=Transport(session=session, cache=None))
    service = client.create_service(f"{{http://tempuri.org/}}{PORT}", url)
    return Calls(
        lambda: service.SendMsg(USER, PASSWORD, PHONE, MESSAGE, CHANNEL),
        lambda: _records(service.GetReport2(USER, PASSWORD)),
    )


def zeep_async(url: str) -> Calls:
    """With a connection for each task (httpx by itself keeps 20), and one TLS context for both."""
    import httpx
    from zeep import AsyncClient
    from zeep.proxy import AsyncServiceProxy
    from zeep.transports import AsyncTransport

    tls = httpx.create_ssl_context()
    limits = httpx.Limits(max_connections=MOST_IN_FLIGHT, max_keepalive_connections=MOST_IN_FLIGHT)
    transport = AsyncTransport(
        client=httpx.AsyncClient(verify=tls, limits=limits, trust_env=False),
        wsdl_client=httpx.Client(verify=tls, trust_env=False),
        cache=None,
    )
    client = AsyncClient(WSDL, transport=transport)
    # create_service() of the asynchronous client gives a service that does not await.
    binding = client.wsdl.bindings[f"{{http://tempuri.org/}}{PORT}"]
    service = AsyncServiceProxy(client, binding, address=url)

    async def get_report2() -> object:
        return _records(await service.GetReport2(USER, PASSWORD))

    return Calls(lambda: service.SendMsg(USER, PASSWORD, PHONE, MESSAGE, CHANNEL), get_report2)


def suds(url: str) -> Calls:
    """Threads do not share its client, and `Client.clone()` fails: each makes one."""
    from os.path import realpath

    from suds.client import Client

    service = Client(f"file://{realpath(WSDL)}", cache=None, location=url).service[PORT]
    return Calls(
        lambda: service.SendMsg(USER, PASSWORD, PHONE, MESSAGE, CHANNEL),
        lambda: _records(service.GetReport2(USER, PASSWORD)),
        lambda: suds(url),
    )


def bare_socket(url: str) -> Calls:
    """Bytes made beforehand, one connection, and the length of the reply known from the first."""
    import socket

    host, _, path = url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        f'<SendMsg xmlns="http://tempuri.org/"><userCode>{USER}</userCode>'
        f"<userPass>{PASSWORD}</userPass><DesNo>{PHONE}</DesNo><Msg>{MESSAGE}</Msg>"
        f"<Channel>{CHANNEL}</Channel></SendMsg></soap:Body></soap:Envelope>"
    ).encode()
    request = (
        f"POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml; charset=utf-8\r\n"
        f'SOAPAction: "http://tempuri.org/SendMsg"\r\nContent-Length: {len(body)}\r\n\r\n'
    ).encode() + body
    connection = socket.create_connection((name, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(request)
    first = b""
    while not first.endswith(b"</soap:Envelope>"):
        first += connection.recv(65536)
    length = len(first)
    start = first.index(b"<SendMsgResult>") + len(b"<SendMsgResult>")
    end = first.index(b"</SendMsgResult>")

    def send_msg() -> str:
        connection.sendall(request)
        reply = connection.recv(length)
        while len(reply) < length:
            reply += connection.recv(length - len(reply))
        return reply[start:end].decode()

    return Calls(send_msg, None, lambda: bare_socket(url))


ASYNC = {
    "msgsend-async-soap": msgsend_async_soap,
    "msgsend-async-post": msgsend_async_post,
    "msgsend-async-httpx2": msgsend_async_httpx2,
    "zeep-async": zeep_async,
}
SYNC = {
    "msgsend-soap": msgsend_soap,
    "msgsend-post": msgsend_post,
    "msgsend-httpx2": msgsend_httpx2,
    "zeep": zeep,
    "zeep-tuned": zeep_tuned,
    "suds": suds,
    "bare-socket": bare_socket,
}
