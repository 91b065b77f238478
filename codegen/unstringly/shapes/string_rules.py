"""What may be wrong with the keys of `strings`, which name strings inside of messages."""

from unstringly.diagnostics import Rule, Severity

NOT_THERE = Rule(
    "L115",
    Severity.ERROR,
    "a key of `strings` names nothing in the messages",
    wrong="""\
Each key of `strings` names a string inside of the messages, to the letter: an element or attribute
of a complex type or of a global element, as in `Order.Lines`, or a global element or a simple type
alone. Only what an operation's messages reach can be named.""",
    why="The grammar would be said of nothing, and the string would stay a `str`.",
    example="strings: {Order.Line: order_lines}        where the WSDL has Order.Lines",
    todo="""\
Take the WSDL's spelling. An anonymous type is called as the elements that lead to it; the
parameters of an operation are elements of its wrapper, as in `GetOrder.filter`. In rpc style that
is called as the operation is in the grammar, as in `Find.FindByDate.day`.""",
)
AMBIGUOUS = Rule(
    "L117",
    Severity.ERROR,
    "a key of `strings` names several things, or one that another key names",
    wrong="""\
Several namespaces have a type or an element of this name, or two keys are two spellings of one
place.""",
    why="It would have to be guessed which grammar belongs to which string.",
    example="strings: {Order.Lines: order_lines}        where two schemas declare an Order",
    todo="""\
Write the namespace before the name, in braces and quotes: `'{urn:example:orders}Order.Lines'`.""",
)
NO_STRING = Rule(
    "L118",
    Severity.ERROR,
    "what a key of `strings` names cannot have a grammar",
    wrong="""\
Only elements and attributes of a simple type that is `xs:string`, or derived from it, have a
grammar: no numbers, structures, lists, unions and enumerations, and nothing with a default or a
fixed text.""",
    why="""\
The schema says already what stands there. A default is a text that nobody sends; whether the
grammar reads it would be decided anew with each version of the WSDL.""",
    example="strings: {Order.Grams: grams}        where Grams is an xs:int",
    todo="Remove the key, or name the string that is meant.",
)
RULES = (NOT_THERE, AMBIGUOUS, NO_STRING)
