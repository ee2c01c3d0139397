"""The control: the facilitator's own screen while a session runs."""
