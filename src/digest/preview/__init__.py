"""The browser app: serve one issue as readers will get it, and redraw it when a file changes."""

from __future__ import annotations

from digest.preview.desk import Desk, lay_out
from digest.preview.server import serve

__all__ = ["Desk", "lay_out", "serve"]
