-- Every answered invitation, every free text and every answer of surveys that still run or ended since, written again in an
-- order of chance. Runs every night. Rows: all of them, one by one, inside the function of migration 0004.
SELECT surveys_stir(%(since)s::date)
