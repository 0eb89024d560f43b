"""A plan to take along: as text to read, as data, as a calendar, and as a card to pass on."""
