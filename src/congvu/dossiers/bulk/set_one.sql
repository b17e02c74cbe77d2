-- Part of apply_one.sql: the values of the dossier that a verb may change.
           , due_on = %(due_on)s::date, due_at = %(due_at)s::timestamptz, ended_at = %(ended_at)s::timestamptz,
           ended_on = %(ended_on)s::date, returned_at = %(returned_at)s::timestamptz, supplements = %(supplements)s::smallint,
           extensions = %(extensions)s::smallint, delivery = %(delivery)s::smallint, money = %(money)s::smallint,
           flagged = %(flagged)s::boolean, calendar_version = %(calendar_version)s::int
