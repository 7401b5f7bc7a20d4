"""Finds the number of an order in what a customer wrote."""

import re

ORDER_NUMBER = re.compile(r"\b\d{6}\b")


def find_order_number(text: str) -> str | None:
    match = ORDER_NUMBER.search(text)
    return match.group() if match else None
