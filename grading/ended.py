"""How a notebook's process can end before its time: by itself, or by an accident."""


class Ended(BaseException):
    """The notebook's process has ended, hangs, or talks nonsense; the message says what happened.

    Not an Exception, so that no check takes it for an error of the function it called.
    """


class Accident(BaseException):
    """A notebook's process was ended, and not by the notebook; the message says what is known."""
