"""What a journal gives is what the call gave: for any response, over any binding, cut or whole."""

import re
import zlib
from collections.abc import Callable
from gzip import compress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.client.fakes import SECRET, Script
from tests.runtime.wire.test_calls import PHONE, SIGNED
from tests.runtime.wire.wire import response_of

from msgsend import (
    Binding,
    Client,
    FileJournal,
    IncompleteResponse,
    JournalEntry,
    MalformedResponse,
    MsgSendError,
    OutcomeUnknown,
    Response,
    SendFailed,
    ServiceFault,
    VoiceTemplate,
    read_journal,
)

CALLS: dict[str, Callable[[Client], object]] = {
    "GetBalance": lambda each: each.get_balance(),
    "GetMo": lambda each: each.get_mo(),
    "GetMo2": lambda each: each.get_mo2(),
    "GetReport": lambda each: each.get_report(),
    "GetReport2": lambda each: each.get_report2(),
    "SendMsg": lambda each: each.send_msg(des_no=PHONE, msg=SIGNED),
    "SendVoiceCodeWithTemplate": lambda each: each.send_voice_code_with_template(
        des_no=PHONE, voice_code="123456", amount=1, template=VoiceTemplate.FEMALE_VERIFICATION_CODE
    ),
}
CHARSETS = ("utf-8", "gb18030", "utf-16", "iso-8859-1")
KINDS = (
    "",
    "text/xml",
    "text/html",
    "text/plain",
    "application/soap+xml",
    "application/json; charset=utf-8",
    *(f"text/xml; charset={charset}" for charset in (*CHARSETS, "gb2312", "none", "punycode")),
)
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": compress,
    "deflate": zlib.compress,
    "utf-8": bytes,
    "br": bytes,
    "gzip, gzip": lambda body: compress(compress(body)),
}
TEXTS = (
    "",
    "-3",
    "99.50",
    "13900000000|,|好的|,|2014/06/10 15:34:11",
    "13900000000|,|J\xf6rg 😀|,|2014/06/10 15:34:11",
    "no result",
)
NUMBERS = count()
RARELY = st.integers(0, 5).map(lambda number: number == 5)


@st.composite
def bodies(draw: st.DrawFn, operation: str, binding: Binding) -> bytes:
    recorded = response_of(operation, binding).body
    document = recorded.decode("utf-8")
    kind = draw(st.sampled_from(("recorded", "text", "text", "page", "fault", "secret", "bytes")))
    match kind:
        case "text":
            text = draw(st.sampled_from(TEXTS) | st.text(max_size=8))
            document = re.sub(r">[^<>]+</", lambda _: f">{text}</", document, count=1)
        case "page":
            document = "<html><body>Gateway Time-out</body></html>"
        case "fault":
            document = document.replace("Response", "Fault")
        case "secret":
            document += f"<!-- userPass={SECRET} -->"
        case "bytes":
            return draw(st.binary(max_size=20))
        case _:
            pass
    body = document.encode(draw(st.sampled_from(CHARSETS)), "xmlcharrefreplace")
    if draw(RARELY):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(max_size=2)) + body[at + draw(st.integers(0, 3)) :]
    return body


@st.composite
def answers(draw: st.DrawFn, operation: str, binding: Binding) -> Response | SendFailed:
    coding = draw(st.sampled_from((*[""] * 9, *CODINGS)))
    body = CODINGS[coding](draw(bodies(operation, binding)))
    body = body[: draw(st.integers(0, len(body)))] if draw(RARELY) else body
    kind = draw(st.sampled_from(KINDS)) if draw(st.booleans()) else ""
    headers = [("Content-Type", kind)] * bool(kind) + [("Content-Encoding", coding)] * bool(coding)
    headers += draw(st.sampled_from(([], [("Retry-After", "5")], [("Content-Type", "text/plain")])))
    status = draw(st.sampled_from((*[200] * 9, 201, 302, 404, 500)))
    if not draw(RARELY):
        return Response(status, tuple(headers), body)
    has_head = draw(st.booleans())
    return SendFailed(
        draw(st.sampled_from(("the connection ended", "the head is odd: \ud800\u2028"))),
        sent=True,
        received=b"HTTP/1.1 200 OK\r\nX\0\r\n\r\n" * has_head + body,
        status=draw(st.sampled_from((None, status))),
        headers=tuple(headers),
        has_head=has_head,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Binding, str, Response | SendFailed]:
    operation, binding = draw(st.sampled_from([*CALLS])), draw(st.sampled_from(Binding))
    charset = draw(st.sampled_from(("", "", "gbk", "utf-8", "iso-8859-1")))
    return operation, binding, charset, draw(answers(operation, binding))


def given_by(
    case: tuple[str, Binding, str, Response | SendFailed], folder: Path
) -> tuple[object, list[JournalEntry]]:
    """What a call gave, or raised, and what its journal gives."""
    operation, binding, charset, answer = case
    sender = Client(
        user_code=f"demo{next(NUMBERS)}",
        user_pass=SECRET,
        base_url="http://127.0.0.1/Services/MsgSend.asmx",
        transport=Script([answer]),
        journal=FileJournal(folder),
        binding=binding,
        charset=charset or None,
    )
    try:
        gave = CALLS[operation](sender)
    except MsgSendError as error:
        gave = error
    return gave, [*read_journal(folder)]


def attributes(result: object) -> tuple[object, ...]:
    """All that can be seen of a result, save for whom a fault says was asked."""
    shown: tuple[object, ...]
    match result:
        case ServiceFault(status=status, code=code, message=message, excerpt=excerpt):
            shown = (status, code, message, excerpt, result.headers)
        case IncompleteResponse(operation=operation, reason=reason, excerpt=excerpt):
            shown = (operation, reason, excerpt, str(result))
        case MalformedResponse(reason=reason, excerpt=excerpt):
            shown = (reason, excerpt, str(result))
        case _:
            return type(result), result
    return type(result), result.raw, result.received, *shown


@given(cases())
def test_a_journal_gives_what_the_call_gave(
    case: tuple[str, Binding, str, Response | SendFailed],
) -> None:
    with TemporaryDirectory() as name:
        gave, entries = given_by(case, Path(name))
        text = "".join(file.read_text("utf-8") for file in Path(name).iterdir())
    operation, _, _, answer = case
    if isinstance(gave, OutcomeUnknown) and not isinstance(gave, IncompleteResponse):
        assert entries == []
        return
    (entry,) = entries
    raw = answer.body if isinstance(answer, Response) else answer.received
    assert (entry.operation, entry.raw) == (operation, raw)
    if '"quotes_secret"' in text and isinstance(gave, MalformedResponse | ServiceFault):
        assert type(entry.result) is type(gave)
        assert isinstance(entry.result, MalformedResponse | ServiceFault)
        assert (entry.result.raw, entry.result.received) == (gave.raw, gave.received)
        for shown in (str(entry.result), repr(entry.result), repr(entry.result.args)):
            assert not any(part in shown for part in ("s3c", "3cr", "ret&", "userPass"))
    else:
        assert attributes(entry.result) == attributes(gave)
