-- A piece of records.sql, not a statement: one block of states, those that the form counts.
(SELECT s.* FROM ({state}) AS s WHERE {counted})
