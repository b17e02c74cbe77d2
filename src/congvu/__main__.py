import sys

from congvu.config.cli.main import main

sys.exit(main())
