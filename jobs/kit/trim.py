#!/usr/bin/env python3
"""Zeroes the GPU code of a shared library that is for other GPUs: trim.py LIBRARY ARCHITECTURE, such as 90.

The section .nv_fatbin is a row of fat binaries: a header (magic 0xBA55ED50, version u16, header size u16, size u64) and
entries (kind u16: 1 PTX, 2 machine code; version u16; header size u32; size u64; the architecture, u32, at byte 28).
Headers stay, so every offset stays what it was; zeros take no room once compressed.
"""

import mmap
import struct
import sys

MAGIC = 0xBA55ED50
MACHINE_CODE = 2


def section(elf, name):
    """Offset and size of a section of a 64-bit little-endian ELF file."""
    if elf[:6] != b"\x7fELF\x02\x01":
        sys.exit("trim.py: not a 64-bit little-endian ELF file")
    (table,) = struct.unpack_from("<Q", elf, 40)
    size, count, names = struct.unpack_from("<HHH", elf, 58)
    headers = [struct.unpack_from("<IIQQQQ", elf, table + i * size) for i in range(count)]
    strings = headers[names][4]
    for header in headers:
        begin = strings + header[0]
        if elf[begin : elf.find(b"\0", begin)] == name:
            return header[4], header[5]
    sys.exit(f"trim.py: there is no section {name.decode()}")


def trim(elf, wanted):
    """Zeroes entries; returns bytes kept and zeroed."""
    place, size = section(elf, b".nv_fatbin")
    end = place + size
    kept = zeroed = 0
    while place < end:
        if struct.unpack_from("<I", elf, place)[0] != MAGIC:
            place += 8  # binaries are aligned
            continue
        header, length = struct.unpack_from("<HQ", elf, place + 6)
        entry, place = place + header, place + header + length
        while entry < place:
            kind, _, header, length = struct.unpack_from("<HHIQ", elf, entry)
            (architecture,) = struct.unpack_from("<I", elf, entry + 28)
            if kind == MACHINE_CODE and architecture == wanted:
                kept += length
            else:
                elf[entry + header : entry + header + length] = bytes(length)
                zeroed += length
            entry += header + length
    return kept, zeroed


def main():
    with open(sys.argv[1], "r+b") as file, mmap.mmap(file.fileno(), 0) as elf:
        kept, zeroed = trim(elf, int(sys.argv[2]))
    if not kept:
        sys.exit(f"trim.py: {sys.argv[1]} has no machine code for architecture {sys.argv[2]}")
    print(f"kept {kept} bytes of GPU code, zeroed {zeroed}")


if __name__ == "__main__":
    main()
