"""One made-up plan: who issues it, and its text in the markup of `tests.samples.markup`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.archive import words
from tests.archive.words import Registers, registers

FIRST_DAY, DAYS = dt.date(2019, 1, 2), 6 * 365
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Plan:
    number: int
    """Also its number on paper: no two plans of an archive share it, so none repeats another by chance."""
    province: str
    issued_on: dt.date
    symbol: str
    markup: str

    @property
    def year(self) -> int:
        return self.issued_on.year


@dataclass(frozen=True, slots=True)
class _Issuer:
    lines: tuple[str, ...]
    """As the header prints them."""
    name: str
    symbol: str
    place: str
    seal: str
    """The line above the signature."""
    title: str


def made_plan(seed: int, number: int) -> Plan:
    """The plan of that number, always the same."""
    chance, known = Random(f"plan {seed} {number}"), registers()
    province, kind = chance.choice(known.provinces)
    issued_on = FIRST_DAY + dt.timedelta(chance.randrange(DAYS))
    issuer = _issuer(chance, known, province, kind)
    text = "\n".join(_lines(chance, known, issuer, number, issued_on))
    return Plan(number, province, issued_on, issuer.symbol, text)


def _issuer(chance: Random, known: Registers, province: str, kind: str) -> _Issuer:
    below = "TỈNH" if kind == "tỉnh" else "THÀNH PHỐ"
    people = "Ủy ban nhân dân"
    drawn = chance.random()
    if drawn < 0.35:
        office = chance.choice(known.departments)
        lines = (f"{people} {kind} {province}".upper(), office.upper())
        return _Issuer(lines, office, f"KH-S{_initials(office)}", province, office.upper(), "GIÁM ĐỐC")
    if drawn < 0.65 and known.districts[province]:
        seat = chance.choice(known.districts[province])
        name = f"{people} huyện {seat}"
        return _Issuer(
            (people.upper(), f"HUYỆN {seat.upper()}"), name, "KH-UBND", seat, f"TM. {people.upper()}", "CHỦ TỊCH"
        )
    lines = (people.upper(), f"{below} {province.upper()}")
    return _Issuer(lines, f"{people} {kind} {province}", "KH-UBND", province, f"TM. {people.upper()}", "CHỦ TỊCH")


def _initials(office: str) -> str:
    return "".join(word[0] for word in office.removeprefix("Sở ").replace(",", "").split() if word[0].isupper())


def _lines(chance: Random, known: Registers, issuer: _Issuer, number: int, issued_on: dt.date) -> list[str]:
    year = issued_on.year
    subject = f"{chance.choice(words.SUBJECTS)} năm {year} (đợt {number})"
    day = f"ngày {issued_on.day:02} tháng {issued_on.month:02} năm {year}"
    return [
        *(f"<< **{line}**" for line in issuer.lines),
        f"<< Số: {number}/{issuer.symbol}",
        *(">> **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**", ">> **Độc lập - Tự do - Hạnh phúc**"),
        f">> //{issuer.place}, {day}//",
        *("== KẾ HOẠCH", f"== {subject}"),
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;",
        f"Căn cứ Nghị quyết số {chance.randrange(1, 99)}/NQ-CP ngày {chance.randrange(1, 28):02} tháng "
        f"{chance.randrange(1, 12):02} năm {year - 1} của Chính phủ về nhiệm vụ trọng tâm năm {year};",
        f"{issuer.name} ban hành Kế hoạch như sau:",
        "** I. MỤC TIÊU",
        *(f"- {_work(chance)}." for _ in range(chance.randrange(1, 4))),
        f"- Hưởng ứng phong trào thi đua “{chance.choice(known.campaigns)}”.",
        f"** II. NHIỆM VỤ NĂM {year}",
        *_quarters(chance, year),
        "** III. TỔ CHỨC THỰC HIỆN",
        *_charges(chance, known, year),
        f"Trên đây là Kế hoạch của {issuer.name}, yêu cầu các đơn vị nghiêm túc thực hiện./.",
        *(
            "<< **//Nơi nhận://**",
            f"<< - {chance.choice(known.departments)} (b/c);",
            "<< - Các phòng, ban;",
            "<< - Lưu: VT.",
        ),
        *(f">> **{issuer.seal}**", f">> **{issuer.title}**", ">> ", ">> ", f">> **{_person(chance)}**"),
    ]


def _quarters(chance: Random, year: int) -> list[str]:
    found: list[str] = []
    for at, roman in enumerate(ROMAN, start=1):
        found.append(f"** {at}. Quý {roman} năm {year}")
        found += [f"- {_work(chance)}{_deadline(chance, 3 * at, year)}." for _ in range(chance.randrange(2, 7))]
    return found


def _charges(chance: Random, known: Registers, year: int) -> list[str]:
    found: list[str] = []
    for at, office in enumerate(chance.sample(known.departments, chance.randrange(2, 6)), start=1):
        found.append(f"** {at}. {office}")
        partner = chance.choice(known.departments)
        found.append(f"- Chủ trì, phối hợp với {partner} {_work(chance).lower()}.")
        found += [f"- {_work(chance)}{_deadline(chance, 12, year)}." for _ in range(chance.randrange(0, 3))]
    return found


def _work(chance: Random) -> str:
    """One of some hundred thousand: two plans share few."""
    first, second = chance.sample(words.THINGS, 2)
    start = f"{chance.choice(words.VERBS)} {first}, {second} {chance.choice(words.PLACES)}"
    return f"{start}, {chance.choice(words.ENDS)}; chỉ tiêu {chance.randrange(3, 980)}"


def _deadline(chance: Random, month: int, year: int) -> str:
    return f", hoàn thành trước ngày {chance.randrange(1, 28):02}/{month:02}/{year}" if chance.random() < 0.3 else ""


def _person(chance: Random) -> str:
    return " ".join((chance.choice(words.FAMILY), chance.choice(words.MIDDLE), chance.choice(words.GIVEN)))
