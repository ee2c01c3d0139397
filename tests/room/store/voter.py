"""Votes from a process of its own: reads tokens, votes for each, and says so once it was told that the vote is in."""

from __future__ import annotations

import sys

from etiquette.room.store import Store


def main(url: str, code: str, ballot: str, option: str) -> None:
    """Vote for every token that comes on standard input."""
    store = Store.open(url)
    print("ready", flush=True)
    for line in sys.stdin:
        learner = store.learner_session(code, line.strip())
        learner.vote(int(ballot), int(option))
        print(line.strip(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
