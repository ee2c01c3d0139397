"""Finds the contact details in a draft: email addresses and phone numbers, each as a whole."""

from __future__ import annotations

import re

from etiquette.drafts.tokens import Span

NUMBER = re.compile(r"(?<![\w.@/-])\+?\(?\d(?:[ ().‑/-]{0,3}\d){6,14}(?![\w@])")
NO_NUMBER = re.compile(
    r"(?:19|20)\d\d\W{1,3}(?:19|20)\d\d"  # 2020-2024
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"  # 2026-03-04, 4.3.2026
)
LONGEST_NAME = 64  # of an email address, on either side of the @


def contact_details(text: str) -> list[Span]:
    """The spans of phone numbers and then of email addresses."""
    return [*phone_numbers(text), *_addresses(text)]


def phone_numbers(text: str) -> list[Span]:
    """The spans of numbers of seven to fifteen digits, however they are grouped, that are no dates or years."""
    return [
        Span(match.start(), match.end()) for match in NUMBER.finditer(text) if not NO_NUMBER.fullmatch(match.group())
    ]


def _addresses(text: str) -> list[Span]:
    found = []
    at = text.find("@")
    while at >= 0:
        if (address := _address(text, at)).end - address.start > 1:
            found.append(address)
        at = text.find("@", at + 1)
    return found


def _address(text: str, at: int) -> Span:
    """The whole email address around this @."""
    start, end = at, at + 1
    while start and at - start < LONGEST_NAME and _of_an_address(text[start - 1]):
        start -= 1
    while end < len(text) and end - at < LONGEST_NAME and _of_an_address(text[end]):
        end += 1
    return Span(start, end - 1 if text[end - 1] == "." else end)


def _of_an_address(char: str) -> bool:
    return char.isalnum() or char in "._-+"
