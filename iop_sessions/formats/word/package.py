"""Write a Word package byte by byte: fixed dates, sorted parts, ready parts kept deflated."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from iop_sessions.ground.text import clean

UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError),
    NotImplementedError,  # zipfile's word for a way of compressing that it does not know
)
"""What reading an archive that is broken, locked or odd may raise."""

_LEVEL = 6
_NEW_YEAR_1980 = 0x0021  # the first day a zip file can name; no clock gets into the bytes
_VERSION = 20
_DEFLATED = 8
_UTF8_NAMES = 0x0800
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class Part:
    """One part of a package, deflated and ready to be written any number of times."""

    deflated: bytes
    size: int
    checksum: int


def pack(data: bytes) -> Part:
    """Deflate the bytes of a part."""
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(deflater.compress(data) + deflater.flush(), len(data), zlib.crc32(data))


def unpack(part: Part) -> bytes:
    """Return the bytes of a part."""
    return zlib.decompress(part.deflated, -zlib.MAX_WBITS)


def write_package(parts: Mapping[str, Part]) -> bytes:
    """Write the parts as a zip archive, content types first, then by name."""
    out = bytearray()
    directory = bytearray()
    for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
        part, raw, start = parts[name], name.encode(), len(out)
        about = (
            _UTF8_NAMES,
            _DEFLATED,
            0,
            _NEW_YEAR_1980,
            part.checksum,
            len(part.deflated),
            part.size,
            len(raw),
            0,
        )
        out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *about) + raw + part.deflated
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *about, 0, 0, 0, 0, start) + raw
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)


_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator></dc:creator>\
<dc:language>{language}</dc:language><cp:lastModifiedBy></cp:lastModifiedBy>\
<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>
"""


def core_properties(title: str, language: str) -> bytes:
    """Write the document's properties: a title and a language, no person and no clock."""
    one_line = " ".join(clean(title).split())
    return _CORE.format(title=escape(one_line), language=escape(clean(language))).encode()
