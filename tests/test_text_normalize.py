"""normalize: one spelling for the same sign, and cuts that survive."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.normalize import apply_edits, normalize


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Quye\u0302\u0301t định", "Quyết định"),
        ("Quye\u0301\u0302t định", "Quyết định"),  # the tone typed before the hat
        ("Quy\u00e9\u0302t định", "Quyết định"),
        ("Kê\u0301 hoa\u0323ch", "Kế hoạch"),
        ("\u00d0i\u1ec1u 5, \u00f0\u1ecba ph\u01b0\u01a1ng", "Điều 5, địa phương"),
        ("Quyết đ\u0456nh s\u043e 5", "Quyết đinh so 5"),
        ("Số 39/\u041a\u041d-UBND", "Số 39/KH-UBND"),
        ("Số 12/\uff2b\uff28", "Số 12/KH"),
        ("\u2161. NỘI DUNG", "II. NỘI DUNG"),
        ("o\ufb03ce e\ufb03", "office effi"),
        ("thi\u00ad đua\u200b,\ufeff khen\u202e thưởng", "thi đua, khen thưởng"),
        ("\uf0b7  Sở Nội vụ", "- Sở Nội vụ"),
        ("\uf02b Sở Y tế", "+ Sở Y tế"),
        (" Ban\u00a0Dân  tộc\t\n tỉnh\u3000", "Ban Dân tộc tỉnh"),
        ("**Nơi nhận:**", "Nơi nhận:"),
        ("<b>I</b>. <i>Mục đích</i>", "I. Mục đích"),
        ("Số: *27* /KH-UBND", "Số: 27 /KH-UBND"),
        ("## 2. Yêu cầu", "2. Yêu cầu"),
        ("\\- Căn cứ Luật", "- Căn cứ Luật"),
        ("A &amp; B", "A & B"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_reads_the_same_sign(written: str, read: str) -> None:
    assert normalize(written)[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021 – 2025 — “Vì người nghèo”",  # dashes and quotes stay as written
        "hoà bình, hòa bình, thuỷ, thủy",  # so do both ways to place a tone mark
        "α-tocopherol và Δt",
        "Сочи",
        "(*) Nếu có thay đổi (*)",
        "5 * 3 < 20 và x > y",
        "*",
        "đồng chí A* và B",
        "#hashtag C# 100%",
    ],
)
def test_leaves_good_text_alone(text: str) -> None:
    assert normalize(text)[0] == text


def test_a_mark_that_starts_a_run_belongs_to_the_run_before() -> None:
    text, cuts = normalize("Kê" + "\u0301 hoạch", [0, 2, 9])
    assert (text, cuts) == ("Kế hoạch", [0, 2, 8])


def test_cuts_inside_an_edit_move_behind_it() -> None:
    assert apply_edits("abcdef", [0, 1, 2, 3, 6], [(1, 3, "X")]) == ("aXdef", [0, 1, 2, 2, 5])


_HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            list("aêớĐ \t\n*\\#<b>/&;.-\u0301\u0302\u031b\u0323\u00ad\u200b\u00d0\u0435\uf0b7\ufb01\u1112\u1161\u11a8")
        ),
        st.characters(),
    ),
    max_size=60,
)


@given(_HOSTILE)
def test_always_clean(text: str) -> None:
    clean, _ = normalize(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == " ".join(clean.split())
    assert "\u00d0" not in clean
    assert "\u00ad" not in clean
    clean.encode("utf-8")


@given(st.lists(_HOSTILE, max_size=6))
def test_cuts_ascend_and_stay_inside(pieces: list[str]) -> None:
    ends = [sum(map(len, pieces[:i])) for i in range(len(pieces) + 1)]
    clean, cuts = normalize("".join(pieces), ends)
    assert len(cuts) == len(ends)
    assert cuts == sorted(cuts)
    assert cuts[0] == 0
    assert cuts[-1] == len(clean)


@given(
    st.text(alphabet="kếhoạcđuthi", min_size=1, max_size=12), st.text(alphabet="aăâeêioôơuưy", min_size=1, max_size=12)
)
def test_a_cut_between_two_clean_words_stays_between_them(one: str, two: str) -> None:
    clean, cuts = normalize(f"{one} {two}", [0, len(one) + 1, len(one) + len(two) + 1])
    assert clean[: cuts[1]] == f"{one} "
    assert clean[cuts[1] :] == two
