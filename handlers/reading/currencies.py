"""Currencies by code, sign or word."""

from __future__ import annotations

import re

_CODES = """
AED ARS AUD BAM BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JOD JPY KES
KRW KWD KZT LKR MAD MKD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD
UAH USD UYU VND ZAR
"""
CODES = frozenset(_CODES.split())
_WORD_LIKE = frozenset({"TRY", "PEN", "BAM", "GEL", "MAD", "COP", "RON"})  # only in capitals
_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS",
    "₫": "VND", "US$": "USD", "A$": "AUD", "C$": "CAD", "R$": "BRL", "HK$": "HKD", "S$": "SGD",
    "NZ$": "NZD", "zł": "PLN", "Kč": "CZK", "euros": "EUR", "euro": "EUR", "dollars": "USD",
    "dollar": "USD",
}  # fmt: skip
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})

_words = "|".join(sorted(CODES) + [code.lower() for code in sorted(CODES - _WORD_LIKE)])
_signs = "|".join(re.escape(sign) for sign in sorted([*_SIGNS, "$"], key=len, reverse=True))
PATTERN = rf"(?:(?:{_signs}|{_words})(?![A-Za-z]))"
"""A regular expression (case-sensitive, no groups) for one currency."""


def code(typed: str, home: str) -> str:
    """The ISO 4217 code of what PATTERN found. A bare `$` is the home dollar, else USD."""
    if typed == "$":
        return home if home in _DOLLARS else "USD"
    return _SIGNS.get(typed) or typed.upper()
