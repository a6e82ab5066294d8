"""The one place that reads the clock: everything else is given `now`, so that it can be replayed and tested."""

from __future__ import annotations

import datetime as dt
import zoneinfo

TOKYO = zoneinfo.ZoneInfo("Asia/Tokyo")


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(tz=dt.UTC)


def day_in_japan(moment: dt.datetime) -> dt.date:
    """Return the calendar day a person in Japan would write for `moment`."""
    return moment.astimezone(TOKYO).date()


def start_of_day_in_japan(day: dt.date) -> dt.datetime:
    """Return the first moment of `day` in Japan."""
    return dt.datetime.combine(day, dt.time(), tzinfo=TOKYO)


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the same time of day `months` calendar months on, in Japan, on the last day where the month is shorter."""
    local = moment.astimezone(TOKYO)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_day = (first_of_next - dt.timedelta(days=1)).day
    return local.replace(year=year, month=month + 1, day=min(local.day, last_day))
