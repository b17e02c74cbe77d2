"""The sets to begin with, on one page."""

from congvu.indices.rules.starter.one_stop import ONE_STOP
from congvu.indices.rules.starter.par import PAR
from congvu.indices.rules.starter.service import SERVICE

STARTERS = (PAR, ONE_STOP, SERVICE)
