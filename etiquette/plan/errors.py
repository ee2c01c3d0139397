"""What is wrong with something that a learner typed or saved."""


class EntryError(ValueError):
    """Something that the learner typed, or a file they saved, cannot be used. The message is shown to them."""
