"""Draw an HTML file in WebKitGTK: ``xvfb-run -a /usr/bin/python3 webkit.py in.html out.png 640``.

Runs in the system's Python, which alone has gi; needs gir1.2-webkit2-4.1 and python3-gi-cairo.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402 - after the versions


def main(source: str, target: str, width: str) -> None:
    """Write a picture of the whole page *source* at *width* pixels to *target*."""
    window = Gtk.OffscreenWindow()
    window.set_default_size(int(width), 900)
    view = WebKit2.WebView()
    window.add(view)
    window.show_all()

    def taken(each: WebKit2.WebView, result: object) -> None:
        each.get_snapshot_finish(result).write_to_png(target)
        Gtk.main_quit()

    def loaded(each: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            region, options = WebKit2.SnapshotRegion.FULL_DOCUMENT, WebKit2.SnapshotOptions.NONE
            GLib.timeout_add(300, lambda: each.get_snapshot(region, options, None, taken))

    view.connect("load-changed", loaded)
    view.load_uri(Path(source).resolve().as_uri())
    GLib.timeout_add_seconds(20, Gtk.main_quit)
    Gtk.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
