"""A voting process: reads tokens, votes for each, and prints the token once the vote is confirmed."""

from __future__ import annotations

import sys

from etiquette.room.store import Store


def main(url: str, code: str, ballot: str, option: str) -> None:
    """Vote for every token on standard input."""
    store = Store.open(url)
    print("ready", flush=True)
    for line in sys.stdin:
        learner = store.learner_session(code, line.strip())
        learner.vote(int(ballot), int(option))
        print(line.strip(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
