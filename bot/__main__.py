"""`python -m bot` is `career-advisor`."""

from bot.cli import main

main()
