"""The text about a rule, for people: every rule in the same four parts."""

from unstringly.diagnostics import Rule


def explained(rule: Rule) -> str:
    """Return the whole text about a rule, without a line end behind it.

    W119 (warning): an operation is not a request followed by a response

    What is wrong
    ...
    """
    example = "\n".join(f"    {line}" if line else "" for line in rule.example.split("\n"))
    parts = {
        "What is wrong": rule.wrong,
        "Why it matters": rule.why,
        "Example": example,
        "What to do": rule.todo,
    }
    head = f"{rule.code} ({rule.severity.value}): {rule.title}"
    return "\n\n".join((head, *(f"{label}\n{text}" for label, text in parts.items())))
