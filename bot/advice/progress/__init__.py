"""A plan that lives: what is done, what runs, what is left, and when.

`model` holds what is kept of a person, `replanning`, `events` and `circumstances` change it, `schedule` dates it and
`counters` count towards a full credential and towards a renewal. All of it is pure: today comes in
as a value, and every change gives a new `Progress`.
"""
