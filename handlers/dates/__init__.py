"""The pure rules of dates: working days, months, moments and what comes back regularly."""
