"""Build the spaCy pipeline: `python -m pipeline.nlp.build models/plan` reads models/plan.cfg.

models/plan.cfg is the file to edit: to add a rule file, name it under [components.plan_matcher], then build.
"""

from __future__ import annotations

import sys
from pathlib import Path

from spacy.language import Language
from spacy.util import load_config, load_model_from_config

from pipeline.nlp.load import register
from pipeline.rulebook import rules_dir


def build(target: Path) -> Language:
    """Assemble `<target>.cfg` into the folder `target`; rule files that are not there yet are left out."""
    register()
    config = load_config(target.with_name(target.name + ".cfg"))
    rule_files = config["components"]["plan_matcher"]["rule_files"]
    for name in [name for name in rule_files if not (rules_dir() / f"{name}.toml").is_file()]:
        print(f"rules/{name}.toml: thiếu, bỏ qua / missing, left out", file=sys.stderr)
        del rule_files[name]
    nlp = load_model_from_config(config, auto_fill=True)
    nlp.to_disk(target)
    return nlp


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m pipeline.nlp.build models/plan")
    print(f"{sys.argv[1]}: {', '.join(build(Path(sys.argv[1])).pipe_names)}")
