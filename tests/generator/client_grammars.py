"""Odd services, each with many oddities, of which all clients have to be right."""

from tests.generator.client_services import KINDS, Port

# One binding, SOAP 1.2; nothing is bound and no result has a code.

PLAIN_GRAMMAR = r"""
package: plain
types:
  Day: {date: '%Y-%m-%d'}
  Moment: {datetime: '%Y-%m-%d %H:%M:%S'}
  Hour: {time: '%H:%M'}
  Price: {decimal: '-?[0-9]{1,5}(\.[0-9]{1,2})?', newtype: true}
  Number: {integer: '[0-9]{1,9}'}
  Word: {text: '[a-z]+'}
  Name: {text: '[^;,|+]*'}
  等级: {enum: {高: HIGH, 低: LOW}}
records:
  Part: {separator: '+', fields: {number: Number, price: Price}}
  Whole: {separator: ';', fields: {day: Day, hour: Hour, parts: parts, name: Name}}
grammars:
  parts: {list: [Part], separator: ','}
  wholes: {list: [Whole], separator: '|', trailing: allowed}
  things: {list: [Word], separator: ','}
  things_or_number: {choice: [things, Number]}
  one_of_three: {choice: [Whole, Number, Word]}
operations:
  Day: {effect: read, result: Day}
  Moment: {effect: read, result: Moment}
  Price: {effect: read, result: Price}
  Count: {effect: read, result: Number}
  Wholes: {effect: destructive_read, result: wholes}
  Either: {effect: destructive_read, result: things_or_number}
  Third: {effect: destructive_read, result: one_of_three}
  Import: {effect: send, result: Word}
  查询: {effect: read, parameters: {关键字: 等级}, result: things}
"""
PLAIN_OPERATIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Day", "Moment", "Price", "Count", "Wholes", "Either", "Third"), ()),
    "Import": ("class", "from", "Key-1", "to.where"),
    "查询": ("关键字",),
    "Unsaid": ("anything",),
}
PLAIN = Port(
    "SOAP12",
    PLAIN_OPERATIONS,
    "https://localhost:8443/it.asmx/",
    actions={"查询": "urn:x/query"},
)

# One binding, GET; several enums of codes, several secrets, bound in several spellings.

CODED_GRAMMAR = r"""
package: coded
line_ends: lf
types:
  Word: {text: '[a-z]+'}
  Name: {text: '[^\n;]*'}
  Number: {integer: '[0-9]{1,9}'}
  Refusal: {enum: {-1: WRONG_PASSWORD, -2: TOO_MANY_CALLS_IN_ONE_SECOND}, values: integer}
  TemporaryFailure: {enum: {E1: LATER}, open: true, form: 'E[0-9]{1,3}'}
  PermanentFailureOfAccount: {enum: {X1: NEVER}, open: true, form: 'X[0-9]{1,3}'}
  Grade: {enum: {A: FIRST, B: SECOND}}
records:
  Row: {separator: ';', fields: {name: Name, number: Number}}
grammars:
  rows: {list: [Row], separator: "\n", trailing: allowed}
  rows_or_refusal: {choice: [rows, Refusal]}
  words: {list: [Word], separator: ','}
  words_or_failures: {choice: [words, TemporaryFailure, PermanentFailureOfAccount]}
  number_or_failure: {choice: [Number, TemporaryFailure]}
  codes_alone: {choice: [Refusal, TemporaryFailure]}
operations:
  Rows:
    effect: destructive_read
    limits: {page: 10}
    parameters:
      userName: {bound: client, python_name: user_name}
      pass1: {bound: client, secret: true}
      Lang: {bound: client, default: en}
      say: {type: Name, default: '', secret: true}
    result: rows_or_refusal
  Words:
    effect: destructive_read
    parameters:
      username: {bound: client, python_name: user_name}
      Pass1: {bound: client}
      pass2: {bound: client, secret: true, default: 'a"b\{{ c }}'}
    result: words_or_failures
  Number:
    effect: destructive_read
    parameters: {USERNAME: {bound: client, python_name: user_name, secret: true}}
    result: number_or_failure
  Codes: {effect: read, result: codes_alone}
  Grade: {effect: read, result: Grade}
"""
CODED = Port(
    "GET",
    {
        "Rows": ("userName", "pass1", "Lang", "say"),
        "Words": ("username", "Pass1", "pass2"),
        "Number": ("USERNAME",),
        "Codes": (),
        "Grade": (),
    },
)
CODED_ACCOUNT = {"user_name": "me", "pass1": "s3cret&one", "lang": "zh"}

# Four bindings, each at an address of its own and without one of the operations.

TYPES = r"""
package: typed
types:
  Amount: {integer: '[1-3]'}
  Count: {integer: '[0-9]{1,4}', width: 4, newtype: true}
  Price: {decimal: '[0-9]{1,5}(\.[0-9]{1,2})?', newtype: true}
  Day: {date: '%Y-%m-%d'}
  Moment: {datetime: '%Y-%m-%d %H:%M:%S'}
  Hour: {time: '%H:%M'}
  Colour: {enum: {R: RED, G: GREEN}}
  Size: {enum: {1: SMALL, 2: LARGE}, values: integer, open: true, form: '[1-9][0-9]?'}
  Word: {text: '[a-z]+', newtype: true}
"""
TYPED_PARAMETERS = {
    "amount": ("Amount", "3"),
    "count": ("Count", "0007"),
    "price": ("Price", "1.50"),
    "day": ("Day", "2024-02-29"),
    "moment": ("Moment", "2024-02-29 01:02:03"),
    "hour": ("Hour", "23:59"),
    "colour": ("Colour", "G"),
    "size": ("Size", "77"),
    "word": ("Word", "abc"),
    "free": ("", " any\n<text> & "),
}
TYPED_SECRET = ("amount", "day", "colour", "size", "word")
TYPED_USUAL = {
    name: text
    for name, (type_, text) in TYPED_PARAMETERS.items()
    if type_ in ("Amount", "Count", "Price", "Size", "Word", "")
}
"""Those that have a default in `TakeUsual`."""


def _typed_grammar() -> str:
    plain = ", ".join(
        f"{name}: {{type: {type_}, secret: true}}"
        if name in TYPED_SECRET
        else f"{name}: {type_}"
        if type_
        else f"{name}: {{doc: Any text.}}"
        for name, (type_, _) in TYPED_PARAMETERS.items()
    )
    usual = ", ".join(
        f"{name}: {{{f'type: {type_}, ' if type_ else ''}default: {_spelled(text)}}}"
        for name, (type_, text) in TYPED_PARAMETERS.items()
        if name in TYPED_USUAL
    )
    return (
        f"{TYPES}operations:\n"
        f"  Take: {{effect: send, parameters: {{{plain}}}, result: Word}}\n"
        f"  TakeUsual: {{effect: read, parameters: {{{usual}}}, result: Count}}\n"
        "  GetMo: {effect: read, result: Price}\n"
        "  GetMore: {effect: read, result: Word}\n"
    )


def _spelled(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'


TYPED = _typed_grammar()
_TYPED_OPERATIONS: dict[str, tuple[str, ...]] = {
    "Take": (*TYPED_PARAMETERS,),
    "TakeUsual": (*TYPED_USUAL,),
    "GetMo": (),
    "GetMore": (),
}
TYPED_PORTS = tuple(
    Port(
        kind,
        {name: given for name, given in _TYPED_OPERATIONS.items() if name != missing},
        f"http://localhost/{kind}",
    )
    for kind, missing in zip(reversed(KINDS), _TYPED_OPERATIONS, strict=True)
)
