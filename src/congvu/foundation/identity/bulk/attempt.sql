-- Count one attempt of a key in its window and say how many there have been; drops the key's older windows.
-- Runs at every sign-in and every public look-up: 1 row by the unique index (key, window).
WITH old AS (
    DELETE FROM identity_signinattempt WHERE key = %(key)s AND "window" < %(window)s
)
INSERT INTO identity_signinattempt AS attempt (key, "window", count)
VALUES (%(key)s, %(window)s, 1)
ON CONFLICT (key, "window") DO UPDATE SET count = attempt.count + 1
RETURNING count
