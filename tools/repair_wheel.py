"""auditwheel, but glib goes into the wheel, too.

A wheel of "manylinux" may count on glib (PEP 599): a desktop has it, a server or a container has not.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import sys
import tempfile

from auditwheel import policy
from auditwheel.libc import Libc
from auditwheel.main import main

rules = json.loads(policy._POLICY_JSON_MAP[Libc.GLIBC].read_text())
for rule in rules:
    rule["lib_whitelist"] = [name for name in rule["lib_whitelist"] if "glib" not in name and "gobject" not in name and "gthread" not in name]
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    json.dump(rules, file)
    file.flush()
    policy._POLICY_JSON_MAP[Libc.GLIBC] = pathlib.Path(file.name)
    sys.exit(main())
