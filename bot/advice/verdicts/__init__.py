"""Which of several: by figures where some decide, by rules of the knowledge base, or said to be undecided."""

from bot.advice.verdicts.verdict import Verdict, Weighed
from bot.advice.verdicts.verdicts import VerdictMaker

__all__ = ["Verdict", "VerdictMaker", "Weighed"]
