import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from ground.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
