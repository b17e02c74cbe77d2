-- Every answered invitation and every free text of surveys that still run, written again in an order of chance. Runs every
-- night. Rows: all of them, one by one, inside the function of migration 0003.
SELECT surveys_stir(%(since)s::date)
