"""What a channel needs that must lose nothing: an inbox, turns and an outbox, side by side for many people.

    arrivals → inbox → turns → outbox → the channel's own sending

A channel says how its arrivals are read and its replies written (`Channel`), stores arrivals before it
acknowledges them, and sends the first reply of a chat when it is told to. `Engine` does the rest.
"""
