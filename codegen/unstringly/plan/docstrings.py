"""Paragraphs of generated docstrings about operations and their results."""

from typing import assert_never

from unstringly.counting import counted
from unstringly.model.calls import own_call
from unstringly.model.contract import ContractOperation
from unstringly.model.spec import Effect
from unstringly.plan.vocabulary import words
from unstringly.python.literals import quoted


def operation_words(operation: ContractOperation, *, has_result: bool) -> str:
    """Return the operation's words in the spec, or else in the WSDL, and its section."""
    call = own_call(operation)
    untold = f"The result of {operation.name}." if has_result else "It has no result."
    paragraphs = [words(call.words) or untold]
    if call.section:
        paragraphs.append(f"Source: {operation.name}, section {call.section} of the document.")
    return "\n\n".join(paragraphs)


def effect_words(effect: Effect, interval: int | None = None) -> str:
    """Return the words that a caller needs before repeating a call; `interval` is in seconds."""
    match effect:
        case Effect.READ:
            pause = f", once in {counted(interval, 'second')} for an account" if interval else ""
            return f"Reads; may be repeated{pause}."
        case Effect.DESTRUCTIVE_READ:
            return "Fetches each record once only: what is not kept is lost."
        case Effect.SEND:
            return "Sends; a repeated call sends again."
        case _:
            assert_never(effect)


def null_words(operation: ContractOperation) -> str:
    """Return words for the meaning of a null result; empty where such a result is malformed."""
    null = None if operation.spec is None else operation.spec.null
    if null is None:
        return ""
    return f"A result that is null is read as {quoted(null) if null else 'the empty text'}."
