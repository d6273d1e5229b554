"""What may be attached to an idea: pictures and PDFs, as the kernel makes them clean."""

from kith.kernel.uploads import FORMATS, LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, Made, make

__all__ = ["FORMATS", "LONGEST_SIDE", "MOST_BYTES", "MOST_PIXELS", "Made", "make"]
