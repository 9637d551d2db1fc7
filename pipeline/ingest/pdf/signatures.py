"""The digital signatures kept in a PDF: when, who, for whom. Whether a certificate can be trusted is not judged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from asn1crypto import cms

from pipeline.ingest.pdf.library import PdfError, open_document, signatures_of
from pipeline.records import DigitalSignature

VIETNAM = dt.timezone(dt.timedelta(hours=7))
_MOMENT = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(?P<sign>[+-])(?P<hours>\d\d)'?(?P<minutes>\d\d)?|(?P<utc>Z))?"
)


def read_signatures(path: Path) -> tuple[DigitalSignature, ...]:
    """All signatures of the file, the earliest first, those without a time last; none of a file that cannot be read."""
    try:
        document = open_document(path)
    except PdfError:
        return ()
    try:
        found = [_signature(contents, moment) for contents, moment in signatures_of(document)]
    finally:
        document.close()
    last = dt.datetime.max.replace(tzinfo=VIETNAM)
    return tuple(sorted(found, key=lambda signature: signature.signed_at or last))


def _signature(contents: bytes, moment: str) -> DigitalSignature:
    """`contents` is the CMS message of the signature, `moment` its /M entry; a broken message leaves the time alone."""
    try:
        signed, names = _signed(contents)
    except Exception:  # whatever a broken message makes its reader stumble over
        signed, names = None, {}
    return DigitalSignature(
        signed_at=vietnam_time(moment) or signed,
        signer=_text(names.get("common_name")),
        organisation=", ".join(
            words for key in ("organizational_unit_name", "organization_name") if (words := _text(names.get(key)))
        )
        or None,
    )


def vietnam_time(moment: str) -> dt.datetime | None:
    """A PDF's "D:20240318084142+07'00'" in Vietnam's time; one without a zone is taken as Vietnam's own."""
    found = _MOMENT.match(moment)
    if found is None:
        return None
    zone = VIETNAM
    try:
        if found["utc"]:
            zone = dt.UTC
        elif found["sign"]:
            away = dt.timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
            zone = dt.timezone(away if found["sign"] == "+" else -away)
        numbers = [int(part or 0) for part in found.groups()[:6]]
        return dt.datetime(*numbers, tzinfo=zone).astimezone(VIETNAM)  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None


def _signed(contents: bytes) -> tuple[dt.datetime | None, Mapping[str, Any]]:
    """The time the signer's machine noted, and the names in his certificate."""
    message = cms.ContentInfo.load(contents)["content"]
    signer = message["signer_infos"][0]
    number = signer["sid"].chosen["serial_number"].native if signer["sid"].name == "issuer_and_serial_number" else None
    certificates = [choice.chosen for choice in message["certificates"]]
    own = next((c for c in certificates if c.serial_number == number), certificates[0])
    return _noted(signer["signed_attrs"]), own.subject.native


def _noted(attributes: Sequence[Any]) -> dt.datetime | None:
    times = (a["values"].native[0] for a in attributes if a["type"].native == "signing_time")
    return next((time.astimezone(VIETNAM) for time in times if isinstance(time, dt.datetime)), None)


def _text(value: object) -> str | None:
    """Of several values the first; blanks made single."""
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None
