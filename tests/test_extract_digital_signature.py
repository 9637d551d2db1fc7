"""What a file's first signature tells: its moment, who and for whom, and the issuer where the paper names none."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.digital_signature import read_signed, signed_issuer
from pipeline.records import DigitalSignature, PlanText

VIETNAM = dt.timezone(dt.timedelta(hours=7))
MOMENT = dt.datetime(2024, 3, 18, 8, 41, tzinfo=VIETNAM)


def signed(signer: str | None, organisation: str | None, moment: dt.datetime | None = MOMENT) -> PlanText:
    return PlanText("", "", (), (), (), signatures=(DigitalSignature(moment, signer, organisation),))


def test_the_first_signature_is_told_by_source() -> None:
    later = DigitalSignature(MOMENT + dt.timedelta(days=1), "Văn thư", None)
    first = DigitalSignature(MOMENT, "Trần Văn Mẫu", "Sở Nội vụ")
    fields = read_signed(PlanText("", "", (), (), (), signatures=(later, first)))
    assert {field.name: field.value for field in fields} == {
        "signed_at": "2024-03-18T08:41:00+07:00",
        "signed_by": "Trần Văn Mẫu",
        "signed_for": "Sở Nội vụ",
    }
    assert {field.source for field in fields} == {"digital_signature"}


def test_no_signature_and_none_with_a_time_tell_nothing() -> None:
    assert read_signed(PlanText("", "", (), (), ())) == ()
    assert read_signed(signed("Văn thư", None, None)) == ()


@pytest.mark.parametrize(
    ("signer", "organisation", "issuer"),
    [
        ("Ủy ban nhân dân tỉnh Hà Nam", "Tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"),
        ("Trần Văn Mẫu", "SỞ XÂY DỰNG, ỦY BAN NHÂN DÂN TỈNH HÀ NAM", "Sở Xây dựng tỉnh Hà Nam"),
        ("Sở Xây dựng", None, None),
        ("Văn phòng", "Tỉnh Hà Nam", None),
        (None, None, None),
    ],
)
def test_a_certificate_names_an_issuer_only_with_its_province(
    signer: str | None, organisation: str | None, issuer: str | None
) -> None:
    assert signed_issuer(signed(signer, organisation), dt.date(2024, 3, 18)) == issuer
