"""Sending a file that a person attached: as harmless in a browser as it was made when it came in."""

from uuid import UUID

from django.http import HttpResponse

from kith.kernel.uploads import FileKind

_TYPES = {FileKind.PICTURE: "image/jpeg", FileKind.PDF: "application/pdf"}


def attached(data: bytes, *, kind: FileKind, public_id: UUID) -> HttpResponse:
    """Answer with a file: a picture stands in the page, a PDF only comes as a download; neither runs a script."""
    response = HttpResponse(data, content_type=_TYPES[kind])
    shown = "inline" if kind == FileKind.PICTURE else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{kind}-{public_id}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
