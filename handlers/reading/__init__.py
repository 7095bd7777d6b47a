"""Understanding what people type: pure functions from text to values. No storage, no clock.

Every reader takes any text and either answers or raises `handlers.errors.Misread`; none of them guesses.
"""
