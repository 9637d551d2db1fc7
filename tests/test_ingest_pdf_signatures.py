"""Signatures in PDFs: their moments, and files that have none or cannot be read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from asn1crypto import cms, x509
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.pdf import signatures as pdf_signatures
from pipeline.ingest.pdf.signatures import VIETNAM, read_signatures, vietnam_time


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("D:20240318084142+07'00'", dt.datetime(2024, 3, 18, 8, 41, 42, tzinfo=VIETNAM)),
        ("D:20240318200000Z", dt.datetime(2024, 3, 19, 3, 0, tzinfo=VIETNAM)),
        ("D:20240318084142", dt.datetime(2024, 3, 18, 8, 41, 42, tzinfo=VIETNAM)),
        ("D:20241399084142", None),
        ("", None),
    ],
)
def test_a_moment_is_told_in_vietnam_time(moment: str, expected: dt.datetime | None) -> None:
    assert vietnam_time(moment) == expected


def test_a_file_without_signatures_or_no_pdf_at_all_has_none(tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    made = Canvas(str(plain))
    made.drawString(72, 72, "x")
    made.save()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"not a pdf")
    assert read_signatures(plain) == ()
    assert read_signatures(broken) == ()


def test_the_signer_is_read_from_the_message_and_the_earliest_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = [(b"broken", ""), (message(), "D:20240320100000+07'00'"), (b"broken", "D:20240319100000+07'00'")]
    monkeypatch.setattr(pdf_signatures, "signatures_of", lambda _: iter(messages))
    path = tmp_path / "plain.pdf"
    made = Canvas(str(path))
    made.drawString(72, 72, "x")
    made.save()
    found = read_signatures(path)
    days = [signature.signed_at.day if signature.signed_at else None for signature in found]
    assert days == [19, 20, None]
    assert (found[1].signer, found[1].organisation) == ("Văn phòng", "Ủy ban nhân dân tỉnh Hà Nam")
    assert found[0].signer is None


def message() -> bytes:
    """A message of one signer, not signed by anyone."""
    name = x509.Name.build({"common_name": "Văn phòng", "organization_name": "Ủy ban nhân dân tỉnh Hà Nam"})
    algorithm = {"algorithm": "rsassa_pkcs1v15"}
    key = {"algorithm": {"algorithm": "rsa"}, "public_key": {"modulus": 3233, "public_exponent": 17}}
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    body = {
        "version": "v3",
        "serial_number": 7,
        "signature": algorithm,
        "issuer": name,
        "validity": {"not_before": x509.Time({"utc_time": moment}), "not_after": x509.Time({"utc_time": moment})},
        "subject": name,
        "subject_public_key_info": key,
    }
    certificate = x509.Certificate(
        {"tbs_certificate": body, "signature_algorithm": algorithm, "signature_value": b"\x00"}
    )
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": {"issuer": name, "serial_number": 7}}),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": [],
        "signature_algorithm": algorithm,
        "signature": b"\x00",
    }
    signed = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [certificate],
        "signer_infos": [signer],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())
