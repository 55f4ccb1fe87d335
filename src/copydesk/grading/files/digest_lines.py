"""Writes lines that are found by a key and say whether they are still as they were written."""

from __future__ import annotations

import hashlib

KEY_LENGTH = 64
"""A key is a SHA-256 in hexadecimal digits."""

MOST_LINE_BYTES = 2_000_000
"""What is longer is no line of ours."""


def digest_line(key: bytes, data: bytes) -> bytes:
    """Return a line with a key, the digest of key and data, and the data, which must be in one line itself."""
    digest = hashlib.sha256(key + data).hexdigest().encode()
    return b"%b %b %b\n" % (key, digest, data)


def undamaged_data(line: bytes) -> bytes:
    """Return the data of a line; none if the line is not as it was written."""
    key, _, rest = line.partition(b" ")
    _, _, data = rest.removesuffix(b"\n").partition(b" ")
    return data if line == digest_line(key, data) else b""
