"""A conversational advisor on careers, over a knowledge base in YAML."""

import os

# A product of a few milliseconds is no faster on several threads: they wait for it, each at full load, and a turn costs
# four times the processor. It counts only before numpy is loaded, and so for tests and benchmarks as for the command.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
