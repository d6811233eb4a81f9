"""Small PDF files, written by hand: lines of text at places of their pages, and what is wrong with some."""
# SPDX-License-Identifier: Apache-2.0

import zlib

WIDTH, HEIGHT = 612, 792


def escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


def drawn(lines):
    """What draws a page's lines: (from the left, base line from the top, size, text)."""
    return b"BT\n" + b"\n".join(b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (size, x, HEIGHT - y, escaped(text)) for x, y, size, text in lines) + b"\nET"


def written(objects, trailer):
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))


def pdf(pages, info=None, packed=False, encrypted=False):
    """A file of these pages, each a list of lines or the bytes that draw it."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    tree = 2 + 2 * len(pages)
    for number, lines in enumerate(pages):
        stream = lines if isinstance(lines, bytes) else drawn(lines)
        head = b""
        if packed:
            stream, head = zlib.compress(stream, 9), b" /Filter /FlateDecode"
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), head, stream))
        objects.append(b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F1 1 0 R >> >> >>"
                       % (tree, WIDTH, HEIGHT, 2 + 2 * number))
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(len(pages)))))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    trailer = b"/Root %d 0 R" % len(objects)
    if info:
        objects.append(b"<< %s >>" % b" ".join(b"/%s (%s)" % (name.encode(), escaped(value)) for name, value in info.items()))
        trailer += b" /Info %d 0 R" % len(objects)
    if encrypted:  # With a password that nobody knows.
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"31" * 32, b"32" * 32))
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"33" * 16, b"33" * 16)
    return written(objects, trailer)


def ferry_and_gunmen():
    """Two pages; what the second tells of happens on the second alone, 72 points from the left and 130 from the top."""
    return pdf([[(72, 90, 20, "Two days in Kolvar")] + column(["KOLVAR, March 6, 2026 (Horn Wire) - The ferry left Hadrel in the morning."]),
                column(["Gunmen killed five people in Kolvar on Friday, the mayor said."])])


def column(lines, x=72, y=130, size=11, step=14):
    """Lines one below the other."""
    return [(x, y + step * n, size, text) for n, text in enumerate(lines)]
