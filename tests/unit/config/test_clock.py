from __future__ import annotations

import datetime
import threading

from goodpractice.config import clock


def test_the_clock_stands_where_it_was_set_and_goes_on_afterwards() -> None:
    day = datetime.datetime(2031, 5, 4, 23, 30, tzinfo=datetime.UTC)
    before = clock.now()
    told: list[datetime.date] = []
    with clock.set_clock(day):
        assert clock.now() == day
        other = threading.Thread(target=lambda: told.append(clock.today()))
        other.start()
        other.join()
        with clock.set_clock(day + datetime.timedelta(days=1)):
            assert clock.today() == datetime.date(2031, 5, 5)
    assert told == [datetime.date(2031, 5, 4)]
    assert before <= clock.now()
    assert clock.now().tzinfo is datetime.UTC
