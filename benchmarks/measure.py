"""Timing: every contender in every round, so that the machine's moods meet all of them."""

import gc
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

ROUNDS = 60
LEAST_SECONDS = 0.002


def fastest(
    contenders: Mapping[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, float]:
    """The least seconds that one call of each took, over all rounds."""
    return {name: min(each) for name, each in all_rounds(contenders, rounds).items()}


def all_rounds(
    contenders: Mapping[str, Callable[[], object]],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = perf_counter,
) -> dict[str, list[float]]:
    """The seconds that one call of each took in each round: the rounds of all are pairs."""
    repeats = {name: _repeats(call) for name, call in contenders.items()}
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            gc.collect()
            start = clock()
            for _ in range(repeats[name]):
                call()
            seconds[name].append((clock() - start) / repeats[name])
    return seconds


def _repeats(call: Callable[[], object]) -> int:
    call()
    start = perf_counter()
    call()
    return max(1, int(LEAST_SECONDS / max(perf_counter() - start, 1e-7)))


def machine() -> str:
    """The processor and the Python that the figures are from."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {platform.system()}, {python}"
