-- Empties the facts, to be made anew. Runs when an operator asks.
TRUNCATE indicators_dossierfact
