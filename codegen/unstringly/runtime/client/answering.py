"""Calls whose results come with the headers of their responses."""

from dataclasses import replace
from typing import Any, TypeVar

from ..xml.answers import Answer, HeadedMessages
from .calls import Call

T = TypeVar("T")
HeadersT = TypeVar("HeadersT")


def answering(call: Call[T], headers: type[HeadersT]) -> Call[Answer[T, HeadersT]]:
    """Return a call that gives what another one gives, and the headers of the response."""
    del headers  # it is for type checkers: the operation's messages have it
    messages, parse = call.operation.messages, call.parse
    assert isinstance(messages, HeadedMessages)

    def parsed(answer: Answer[Any, HeadersT]) -> Answer[T, HeadersT]:
        return Answer(parse(answer.result), answer.headers, answer.malformed)

    operation = replace(call.operation, messages=messages.answering())
    return Call(operation, call.given, parsed, call.bound)
