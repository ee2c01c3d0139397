"""The projector: what the whole room looks at."""
