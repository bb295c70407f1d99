"""Signals: what an article shows about how it was made, each a number with the places that made it."""
