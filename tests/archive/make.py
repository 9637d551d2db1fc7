"""What an archive holds and where: plans, exact copies, the same plan in another form, broken files, bundles."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from random import Random

from tests.archive.broken import BROKEN, Broken
from tests.archive.bundles import NESTED_NAME, bundled
from tests.archive.forms import FORMS, SHARES
from tests.archive.plan import Plan, made_plan

COPIES, TWINS = 0.015, 0.015
"""Share of documents whose bytes, or whose plan in another form, stand elsewhere in the archive."""
BLOCK = 250
"""So many documents in a row lie together: the last of them in a bundle."""
BUNDLED, NESTED = 12, 4
"""Documents of a block in its bundle, and of these in an archive inside it."""

SCANNED = 400
"""One plan in so many is a scan: few, for each takes as long as a hundred others."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an archive is made; the same recipe gives the same bytes."""

    documents: int
    seed: int
    broken: float = 0.02


@dataclass(frozen=True, slots=True)
class Truth:
    """What a run must say of one source path. Of the paths with the same bytes one is ok, the others duplicates."""

    source_path: str
    sha256: str
    error_kind: str | None = None
    twin_of: str | None = None
    """The source path that holds the same plan in another form."""

    @property
    def status(self) -> str:
        """ok stands for ok or duplicate."""
        return "ok" if self.error_kind is None else "unsupported" if self.error_kind == "unsupported" else "failed"


@dataclass(frozen=True, slots=True)
class Made:
    """One document of the archive: its place, its bytes, the truth; `bundle` is the archive that holds it."""

    truth: Truth
    name: str
    content: bytes
    bundle: str | None = None


def make_archive(folder: Path, recipe: Recipe, numbers: Iterable[int] | None = None) -> list[Truth]:
    """Write whole blocks of an archive below `folder` (all by default)."""
    bundles: dict[str, list[Made]] = defaultdict(list)
    found = []
    for number in numbers if numbers is not None else range(recipe.documents):
        made = made_document(recipe, number)
        found.append(made.truth)
        if made.bundle:
            bundles[made.bundle].append(made)
        else:
            _write(folder / made.name, made.content)
    for bundle, members in bundles.items():
        inside = {made.truth.source_path.removeprefix(f"{bundle}!/"): made.content for made in members}
        _write(folder / bundle, bundled(bundle, inside))
    return found


def made_document(recipe: Recipe, number: int) -> Made:
    """The document of that number."""
    form, plan = _form(recipe, number), made_plan(recipe.seed, number)
    if isinstance(form, Broken):
        content = form.content(plan, Random(f"broken {recipe.seed} {number}"))
        name = f"{_folder(plan)}/{form.name.format(n=number)}"
        return Made(Truth(name + form.member, hashlib.sha256(content).hexdigest(), form.kind.value), name, content)
    origin = _origin(recipe, number)
    kind = _kind(recipe, number)
    source = made_plan(recipe.seed, origin)
    content = FORMS[form](source)
    bundle = None if kind == "copy" else _bundle(recipe, number)
    name = f"{_folder(plan)}/{'ban-sao-' if kind == 'copy' else ''}kh-{number}.{form}"
    twin_of = source_path(recipe, origin) if kind == "twin" else None
    path = f"{bundle}!/{_inside(number, name)}" if bundle else name
    return Made(Truth(path, hashlib.sha256(content).hexdigest(), None, twin_of), name, content, bundle)


def source_path(recipe: Recipe, number: int) -> str:
    return made_document(recipe, number).truth.source_path


def _kind(recipe: Recipe, number: int) -> str:
    drawn = Random(f"kind {recipe.seed} {number}").random()
    if drawn < recipe.broken:
        return "broken"
    if number > 0 and drawn > 1 - COPIES - TWINS:
        return "copy" if drawn > 1 - COPIES else "twin"
    return "plan"


def _form(recipe: Recipe, number: int) -> str | Broken:
    """A copy has its origin's form, a twin another."""
    chance = Random(f"form {recipe.seed} {number}")
    kind = _kind(recipe, number)
    if kind == "broken":
        return chance.choice(BROKEN)
    if kind == "plan" and number % SCANNED == SCANNED // 2:
        return "quet.pdf"
    if kind == "plan":
        return chance.choices(list(SHARES), list(SHARES.values()))[0]
    first = _form(recipe, _origin(recipe, number))
    return first if kind == "copy" else "txt" if first in ("pdf", "quet.pdf") else "pdf"


def _origin(recipe: Recipe, number: int) -> int:
    """The number of the plan that a copy or twin repeats; a plan's own."""
    if _kind(recipe, number) == "plan":
        return number
    back = Random(f"origin {recipe.seed} {number}").randrange(1, 40)
    tried = chain(range(number - back, -1, -1), count(number + 1))
    return next(at for at in tried if _kind(recipe, at) == "plan")


def _folder(plan: Plan) -> str:
    return f"{plan.province}/{plan.year}"


def _bundle(recipe: Recipe, number: int) -> str | None:
    """The archive that holds the document: the last of each block lie in one, by turns zip, zip, tar.gz."""
    block, place = divmod(number, BLOCK)
    if place < BLOCK - BUNDLED:
        return None
    return f"{_folder(made_plan(recipe.seed, block * BLOCK))}/ho-so-{block}.{'tar.gz' if block % 3 == 2 else 'zip'}"


def _inside(number: int, name: str) -> str:
    """A member's name; the last ones of a bundle lie one archive deeper."""
    member = name.replace("/", " ")
    return f"{NESTED_NAME}!/{member}" if number % BLOCK >= BLOCK - NESTED else f"van ban/{member}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def blocks(recipe: Recipe) -> Iterator[range]:
    for start in range(0, recipe.documents, BLOCK):
        yield range(start, min(start + BLOCK, recipe.documents))
