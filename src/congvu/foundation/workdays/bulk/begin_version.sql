-- Begins a change of the calendar: gives it the next version. Runs once per change, after lock_calendar.
-- One row; index calversion_by_time. Times never run backwards, so "as known on X" is the highest number by then.
INSERT INTO workdays_calendarversion (at, by_id, note)
SELECT greatest(%(at)s::timestamptz, (SELECT max(at) FROM workdays_calendarversion)), %(by)s::bigint, %(note)s::text
RETURNING number, at
