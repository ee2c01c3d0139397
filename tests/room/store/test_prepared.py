"""Sessions saved for another day, on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest

from etiquette.judge import ARTICLE
from etiquette.room import Agenda, PreparedSession, RoomError, UnreadableSession
from etiquette.room.store import Store
from etiquette.room.store.schema import prepared
from etiquette.stories import library
from tests.room.store.builders import Clock
from tests.room.test_agenda import FREE, all_parts

pytestmark = pytest.mark.slow

SHORT = Agenda((FREE,))


def names(store: Store) -> list[str]:
    return [session.name for session in store.prepared.saved(library(), ARTICLE)]


def test_saved_sessions_are_listed_the_latest_first(store: Store, clock: Clock) -> None:
    for name in ("First", "Second"):
        store.prepared.save(name, SHORT)
        clock.move(hours=1)
    store.prepared.save("First", all_parts(), overwrite=True)
    first, second = store.prepared.saved(library(), ARTICLE)
    assert first == PreparedSession("First", all_parts())
    assert second == PreparedSession("Second", SHORT)


def test_a_saved_session_is_loaded_again(store: Store) -> None:
    assert store.prepared.save("  Monday’s  group ", all_parts()) == "Monday’s group"
    loaded = store.prepared.load("Monday’s group", library(), ARTICLE)
    assert loaded == PreparedSession("Monday’s group", all_parts())


def test_nothing_is_overwritten_unless_asked_for(store: Store) -> None:
    """To save the same once more, as after a lost connection, is not to overwrite it."""
    store.prepared.save("Mine", SHORT)
    store.prepared.save("Mine", SHORT)
    with pytest.raises(RoomError, match="already a session with this name"):
        store.prepared.save("Mine", all_parts())
    assert store.prepared.load("Mine", library(), ARTICLE).agenda == SHORT


def test_a_copy_has_a_name_of_its_own(store: Store) -> None:
    store.prepared.save("Mine", all_parts())
    assert store.prepared.duplicate("Mine") == "Mine (copy)"
    assert store.prepared.duplicate("Mine") == "Mine (copy 2)"
    assert store.prepared.load("Mine (copy 2)", library(), ARTICLE).agenda == all_parts()


def test_a_deleted_session_is_gone(store: Store) -> None:
    store.prepared.save("Mine", SHORT)
    store.prepared.delete("Mine")
    store.prepared.delete("Mine")
    assert names(store) == []
    with pytest.raises(RoomError, match="no saved session"):
        store.prepared.duplicate("Mine")
    with pytest.raises(RoomError, match="no saved session"):
        store.prepared.load("Mine", library(), ARTICLE)


def test_a_damaged_session_is_listed_so_that_it_can_be_deleted(store: Store) -> None:
    store.prepared.save("Mine", SHORT)
    store.database.write(lambda it: it.execute(prepared.update().values(agenda="{")))
    (session,) = store.prepared.saved(library(), ARTICLE)
    assert isinstance(session, UnreadableSession)
    assert "damaged" in session.problem


def test_there_is_a_limit(store: Store) -> None:
    values = [{"name": f"{number}", "agenda": SHORT.to_json(), "saved": number} for number in range(100)]
    store.database.write(lambda it: it.execute(prepared.insert(), values))
    with pytest.raises(RoomError, match="Please delete one first"):
        store.prepared.save("Mine", SHORT)
    with pytest.raises(RoomError, match="Please delete one first"):
        store.prepared.duplicate("0")
    assert store.prepared.save("0", all_parts(), overwrite=True) == "0"
