from pathlib import Path

import tilth.design

HERE = Path(__file__).parent
TEMPLATES = Path(tilth.design.__file__).parent / "jinja2"
