"""Sealed answers: a check can tell whether an answer is right without holding it in clear text."""

import hashlib


def seal(question, answer, digits=3):
    """A short digest of an answer to one question, the same for every way of writing it.

    ``answer`` is text (its case and the space around it do not matter) or a number, of which
    ``digits`` significant digits count. The question is part of the digest, so that the same answer
    looks different elsewhere. A seal keeps an answer from being read by accident; it is no secret
    from somebody who tries out every answer.

    >>> seal("q1", "B") == seal("q1", " b ")
    True
    >>> seal("q1", 4.6) == seal("q1", 4.6000001)
    True
    >>> seal("q1", "b") == seal("q2", "b")
    False
    """
    text = answer.strip().lower() if isinstance(answer, str) else f"{float(answer):.{digits}g}"
    return hashlib.sha256(f"{question}: {text}".encode()).hexdigest()[:10]
