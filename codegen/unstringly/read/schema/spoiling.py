"""Components that cannot be used because something that they need cannot be read.

A fault spoils all that reaches it, through circles too, and nothing else. The reason that a
component gets is the fault that is nearest to it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from unstringly.model.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unstringly.diagnostics import Diagnostic
    from unstringly.model.schema_names import ComponentName


def spoilt(
    needs: Mapping[ComponentName, Iterable[ComponentName]],
    faults: Mapping[ComponentName, tuple[Diagnostic, ...]],
) -> dict[ComponentName, Problem]:
    """Return the reason for each component that is at fault, or reaches one that is.

    `needs` has the components that each one refers to.
    """
    users: dict[ComponentName, list[ComponentName]] = {}
    for name, others in needs.items():
        for other in others:
            users.setdefault(other, []).append(name)
    problems = {name: Problem(name, findings) for name, findings in faults.items()}
    waiting = deque(problems)
    while waiting:
        name = waiting.popleft()
        for user in users.get(name, ()):
            if user not in problems:
                problems[user] = problems[name]
                waiting.append(user)
    return problems
