"""A program that forks again and again while its threads make calls."""

import os
import sys
import threading

from tests.runtime.transports.answering import answering

from msgsend import HttpTransport

FORKS = 40
THREADS = 4


def main() -> None:
    """Exits with 0 if every child ends, and no call fails."""
    sys.setswitchinterval(1e-5)
    over = threading.Event()
    problems: list[BaseException] = []
    with answering() as server:
        transport = HttpTransport(connections=THREADS)

        def call() -> None:
            try:
                while not over.is_set():
                    assert server.ask(transport).body == b"ok"
            except BaseException as error:
                problems.append(error)

        threads = [threading.Thread(target=call) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for number in range(FORKS):
            child = os.fork()
            if not child:
                # Half of the children have no use for the transport.
                is_good = number % 2 == 0 or server.ask(transport).body == b"ok"
                os._exit(0 if is_good else 1)
            assert os.waitpid(child, 0)[1] == 0
        over.set()
        for thread in threads:
            thread.join()
        transport.close()
        assert not problems, problems


if __name__ == "__main__":
    main()
