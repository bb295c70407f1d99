"""The facts behind ``newsclean.sources``: ``*.toml``, one source a line, and how they are read."""
