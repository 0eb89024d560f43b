"""Which of several: by figures where some decide, by rules of the knowledge base, or said to be undecided."""

from bot.advice.verdicts.verdicts import Verdict, VerdictMaker, Weighed

__all__ = ["Verdict", "VerdictMaker", "Weighed"]
