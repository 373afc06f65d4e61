"""Pictures taken along: from disk and web, checked, small, the same bytes each time."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from builders import article, issue, item
from conftest import ROOT
from digest.errors import ImageError
from digest.fetch import Limits, get
from digest.images import Prepared, Setting, asked, prepare
from digest.images.find import is_own, on_disk
from digest.images.shrink import shrink
from digest.model import Decision, Home, Image, ImagePolicy, Inline, Issue
from loopback import answer, serve

FERRY = (ROOT / "articles/images/night-ferry.jpg").read_bytes()
EMBED = ImagePolicy(mode="embed")
HOST = ImagePolicy(mode="host", base_url="https://cdn.example/{slug}")
OWN = "https://example.org/images/a.jpg"


def drawn(size: tuple[int, int] = (64, 48), mode: str = "RGB", seed: int = 1) -> Pillow.Image:
    """Return a picture of noise, which compresses as badly as a photograph."""
    noise = random.Random(seed)  # noqa: S311 - a fixed picture, no secret
    bands = len(Pillow.new(mode, (1, 1)).getbands())
    return Pillow.frombytes(mode, size, noise.randbytes(size[0] * size[1] * bands))


def saved(image: Pillow.Image, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(data))


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of some bytes that claims to be *width* by *height*."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000))


def colour(data: bytes) -> object:
    """Return the colour of a pixel of what shrink makes of *data*."""
    return opened(shrink(data, "a", 1200).data).getpixel((5, 5))


def refusal(data: bytes) -> str:
    with pytest.raises(ImageError) as raised:
        shrink(data, "a.jpg", 1200)
    return str(raised.value)


class TestShrink:
    def test_a_picture_is_as_wide_as_wanted_at_most(self) -> None:
        """Its shape stays; a smaller one is never enlarged."""
        sizes = [(2400, 1200), (1200, 600), (300, 400), (200, 6000)]
        found = [shrink(saved(drawn(size)), "a.jpg", 1200) for size in sizes]
        assert [(each.width, each.height) for each in found] == [
            (1200, 600),
            (1200, 600),
            (300, 400),
            (160, 4800),
        ]
        assert [opened(each.data).size for each in found] == [
            (each.width, each.height) for each in found
        ]

    def test_nothing_but_pixels_goes_along(self) -> None:
        """Neither place nor camera, neither comment nor thumbnail."""
        exif = Pillow.Exif()
        exif[0x010E] = "secret"
        info = PngInfo()
        info.add_text("Comment", "secret")
        jpeg = saved(drawn(), exif=exif, comment=b"secret", dpi=(300, 300))
        png = saved(drawn(mode="RGBA"), "PNG", exif=exif, pnginfo=info)
        for data in (jpeg, png):
            assert b"secret" in data
            found = shrink(data, "a.jpg", 1200)
            assert b"secret" not in found.data
            assert set(opened(found.data).info) <= {
                *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
                *("progressive", "progression"),
            }

    def test_a_camera_s_turn_is_taken_into_the_pixels(self) -> None:
        """Mail programs don't all turn pictures themselves."""
        exif = Pillow.Exif()
        exif[0x0112] = 6
        found = shrink(saved(drawn((2400, 1600)), exif=exif), "a.jpg", 1200)
        assert (found.width, found.height) == (1200, 1800)

    def test_the_same_picture_makes_the_same_bytes(self) -> None:
        """Whatever was done before."""
        one = shrink(FERRY, "a.jpg", 600)
        shrink(saved(drawn(mode="RGBA"), "PNG"), "b.png", 600)
        assert shrink(FERRY, "a.jpg", 600) == one

    @pytest.mark.parametrize(
        ("data", "suffix"),
        [
            (saved(drawn()), "jpg"),
            (saved(drawn(mode="L")), "jpg"),
            (saved(drawn(mode="CMYK")), "jpg"),
            (saved(drawn(), "WEBP"), "jpg"),
            (saved(drawn((640, 480)), "PNG"), "jpg"),
            (saved(Pillow.new("RGB", (640, 480), "navy"), "PNG"), "png"),
            (saved(drawn(mode="RGBA"), "PNG"), "png"),
            (saved(drawn(mode="LA"), "PNG"), "png"),
            (saved(drawn().convert("P"), "GIF", transparency=3), "png"),
            (saved(drawn().convert("1"), "PNG"), "png"),
            (saved(Pillow.new("I;16", (64, 48), 40_000), "PNG"), "png"),
        ],
    )
    def test_a_photograph_becomes_a_jpeg_and_a_drawing_a_png(
        self, data: bytes, suffix: str
    ) -> None:
        """Of every kind and colour mode; what is transparent stays so."""
        found = shrink(data, "a", 1200)
        assert (found.suffix, found.type) == (
            suffix,
            {"jpg": "image/jpeg", "png": "image/png"}[suffix],
        )
        assert opened(found.data).format == {"jpg": "JPEG", "png": "PNG"}[suffix]

    def test_sixteen_bits_keep_their_light(self) -> None:
        """40,000 of 65,535 is 156 of 255."""
        data = saved(Pillow.new("I;16", (64, 48), 40_000), "PNG")
        assert opened(shrink(data, "a.png", 1200).data).getpixel((5, 5)) == 156

    def test_of_a_moving_picture_the_first_frame_stays(self) -> None:
        """Outlook shows no other."""
        frames = [Pillow.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
        data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
        found = opened(shrink(data, "a.gif", 1200).data)
        assert getattr(found, "n_frames", 1) == 1
        assert found.convert("RGB").getpixel((5, 5)) == (255, 0, 0)

    def test_colours_of_a_profile_become_the_usual_ones(self) -> None:
        """The profile stays behind, so its numbers are translated: here its red is our blue."""
        usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        odd = usual.replace("sRGB".encode("utf-16-be"), "odd ".encode("utf-16-be"))
        odd = odd.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
        red = Pillow.new("RGB", (64, 48), "red")
        assert colour(saved(red, "PNG", icc_profile=usual)) == (255, 0, 0)
        assert colour(saved(red, "PNG", icc_profile=odd)) == (0, 0, 255)

    def test_a_broken_profile_is_passed_over(self) -> None:
        """The picture is worth more."""
        teal = Pillow.new("RGB", (64, 48), "teal")
        for profile in (b"no profile", b"\0" * 200):
            assert colour(saved(teal, "PNG", icc_profile=profile)) == (0, 128, 128)

    def test_a_large_transparent_picture_gets_fewer_colours(self) -> None:
        """Two megabytes of noise would be dear; a palette takes a quarter of it."""
        image = drawn((800, 600), "RGBA")
        found = opened(shrink(saved(image, "PNG"), "a.png", 800).data)
        assert (found.mode, found.has_transparency_data) == ("P", True)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "is no picture that can be read (JPEG, PNG, GIF, WebP and AVIF are)"),
            (b"<html>", "is no picture that can be read (JPEG, PNG, GIF, WebP and AVIF are)"),
            (
                saved(drawn(), "TIFF"),
                "is no picture that can be read (JPEG, PNG, GIF, WebP and AVIF are)",
            ),
            (
                b'<?xml version="1.0"?><SVG onload="x()">',
                "is an SVG drawing, which mail programs don't show (give it as PNG or JPEG)",
            ),
            (FERRY[:5_000], "is a broken picture"),
            (bomb(100, 100), "is a broken picture"),
            (bomb(9_000, 9_000), "has 9000 × 9000 pixels (at most 40 million are read)"),
            (bomb(11_000, 11_000), "has 11000 × 11000 pixels (at most 40 million are read)"),
            (bomb(60_000, 60_000), "has too many pixels"),
            (bomb(0x7FFFFFFF, 0x7FFFFFFF), "has too many pixels"),
            (
                saved(Pillow.new("P", (1, 1)), "GIF"),
                "has only 1 × 1 pixels (such pictures count readers, or hold space)",
            ),
        ],
    )
    def test_what_no_mail_can_carry_is_refused(self, data: bytes, words: str) -> None:
        """In one line, before anything is unpacked."""
        assert refusal(data) == f"a.jpg: {words}"

    @settings(deadline=None, max_examples=150)
    @given(
        st.sampled_from(
            [
                saved(drawn((40, 30))),
                saved(drawn((40, 30), "RGBA"), "PNG"),
                saved(drawn((40, 30)).convert("P"), "GIF"),
                saved(drawn((40, 30)), "WEBP"),
            ]
        ),
        st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), max_size=6),
        st.floats(0.1, 1),
    )
    def test_a_damaged_picture_is_drawn_or_refused(
        self, data: bytes, changes: list[tuple[float, bytes]], length: float
    ) -> None:
        """Never another error, whatever the bytes."""
        damaged = bytearray(data[: int(len(data) * length)])
        for place, bytes_ in changes:
            at = int(place * len(damaged))
            damaged[at : at + len(bytes_)] = bytes_
        try:
            found = shrink(bytes(damaged), "a.jpg", 30)
        except ImageError:
            return
        assert found.width <= 30


class TestFind:
    @pytest.mark.parametrize(
        ("url", "own"),
        [
            ("https://example.org/a.jpg", True),
            ("http://www.example.org:8080/a.jpg", True),
            ("https://cdn.example.org/a.jpg", True),
            ("https://brief.example/a.jpg", True),
            ("https://example.org.evil.example/a.jpg", False),
            ("https://notexample.org/a.jpg", False),
            ("https://example.org@evil.example/a.jpg", False),
            ("https://[::1", False),
            ("data:,", False),
        ],
    )
    def test_a_picture_is_own_on_the_article_s_or_the_publication_s_host(
        self, url: str, own: bool
    ) -> None:
        """Also below one of them, with or without www."""
        home = Home(url="https://brief.example", root=Path(), folders=())
        assert is_own(url, "https://www.example.org/story/", home) is own

    @pytest.mark.parametrize(
        ("url", "found"),
        [
            ("https://example.org/images/a%20b.jpg?v=2", "articles/images/a b.jpg"),
            ("https://example.org/2026/story/photo.jpg", "articles/story/photo.jpg"),
            ("https://example.org/photo.jpg", None),
            ("https://example.org/images/", None),
            ("https://example.org/", None),
            ("https://example.org/images/../../digest.toml", None),
            ("https://example.org/images/%2e%2e/%2e%2e/digest.toml", None),
            ("https://example.org/images/..%5C..%5Cdigest.toml", None),
            ("https://example.org/2026/story/%2Fetc/passwd", None),
            ("https://example.org/images/%00", None),
            ("https://example.org/outside.jpg", None),
        ],
    )
    def test_a_file_is_looked_for_in_the_folders_and_beside_the_article(
        self, tmp_path: Path, url: str, found: str | None
    ) -> None:
        """By its whole path, and never outside, also not by a link."""
        for name in ("articles/images/a b.jpg", "articles/story/photo.jpg", "digest.toml"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        (tmp_path / "articles/story/index.md").touch()
        (tmp_path / "articles/outside.jpg").symlink_to(tmp_path / "digest.toml")
        home = Home(url=None, root=tmp_path, folders=(tmp_path / "articles",))
        place = "articles/story/index.md"
        file = on_disk(url, "https://example.org/2026/story/", place, home)
        assert (file.path.relative_to(tmp_path).as_posix() if file else None) == found

    def test_an_article_from_elsewhere_has_no_say_in_what_of_the_project_is_sent(
        self, tmp_path: Path
    ) -> None:
        """It could name a picture that isn't published yet; an editor's own item may."""
        (tmp_path / "a.jpg").touch()
        home = Home(url="https://example.org", root=tmp_path, folders=(tmp_path,))
        url, feed = "https://example.org/a.jpg", "https://feed.example/rss"
        assert on_disk(url, "https://feed.example/story", feed, home) is None
        assert on_disk(url, None, None, home) is not None


def never(url: str) -> bytes:
    raise AssertionError(url)


def web(pictures: Mapping[str, bytes]) -> Callable[[str], bytes]:
    return pictures.__getitem__


class Project:
    """A project on disk with one article, and issues that show its picture."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "articles/images").mkdir(parents=True)
        self.folder = root / "issues/2026-01-14"

    def put(self, name: str, data: bytes) -> None:
        (self.root / "articles/images" / name).write_bytes(data)

    def prepare(self, policy: ImagePolicy, *urls: str, **fields: Any) -> Prepared:
        """Return what becomes of an issue with a picture at each of *urls*."""
        items = [
            item(title=f"Story {number}", image=Image(url=url, alt="A"))
            for number, url in enumerate(urls or (OWN,), 1)
        ]
        return self.prepare_issue(policy, issue(*items), **fields)

    def prepare_issue(self, policy: ImagePolicy, shown: Issue, **fields: Any) -> Prepared:
        for each in shown.items:
            (self.root / each.id).touch()
        home = Home(url="https://example.org", root=self.root, folders=(self.root / "articles",))
        chosen = [
            Decision(article=article(title=each.title), taken=True, reason="")
            for each in shown.items
        ]
        setting = Setting(policy=policy, home=home, issue=self.folder, fetch=never)
        return prepare(shown, chosen, replace(setting, **fields))

    def store(self, prepared: Prepared) -> None:
        for name, data in prepared.files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(data)


@pytest.fixture
def place(tmp_path: Path) -> Project:
    found = Project(tmp_path)
    found.put("a.jpg", FERRY)
    return found


def images(prepared: Prepared) -> list[Image | None]:
    return [each.image for each in prepared.issue.items]


def lines(prepared: Prepared) -> list[str]:
    return [str(problem) for problem in (*prepared.problems, *prepared.notes)]


def test_unless_asked_every_picture_stays_where_it_is(place: Project) -> None:
    """Nothing is read, fetched or stored."""
    shown = issue(item(image=Image(url=OWN)))
    assert place.prepare_issue(ImagePolicy(), shown) == Prepared(issue=shown)


def test_a_picture_of_the_project_is_hosted_under_the_issue(place: Project) -> None:
    """Its name says what it holds; its address and its size are those it will have."""
    prepared = place.prepare(HOST)
    ((name, data),) = prepared.files.items()
    assert images(prepared) == [
        Image(
            url=f"https://cdn.example/2026-01-14/{name.removeprefix('images/')}",
            alt="A",
            width=1200,
            height=675,
        )
    ]
    assert opened(data).size == (1200, 675)
    assert (prepared.inline, lines(prepared)) == ((), [])


def test_an_embedded_picture_keeps_its_address_and_comes_as_a_part(place: Project) -> None:
    """The HTML file has nothing else to show; the message has."""
    prepared = place.prepare(EMBED)
    ((name, data),) = prepared.files.items()
    cid = f"{name.removeprefix('images/')}@digest"
    assert prepared.inline == (Inline(url=OWN, cid=cid, type="image/jpeg", data=data),)
    assert images(prepared) == [Image(url=OWN, alt="A", width=1200, height=675)]


def test_a_picture_of_the_web_is_fetched_once(place: Project) -> None:
    """Two items share it; nothing of it changes between builds."""
    asked_for: list[str] = []

    def fetch(url: str) -> bytes:
        asked_for.append(url)
        return FERRY

    url = "https://example.org/elsewhere.jpg"
    prepared = place.prepare(EMBED, url, url, fetch=fetch)
    assert asked_for == [url]
    assert len(prepared.files) == len(prepared.inline) == 1
    assert place.prepare(EMBED, url, url, fetch=fetch) == prepared


def test_a_second_build_needs_no_network(place: Project) -> None:
    """What is stored under the issue is used again, byte by byte."""
    url = "https://example.org/elsewhere.jpg"
    first = place.prepare(EMBED, OWN, url, fetch=web({url: FERRY}))
    place.store(first)
    assert place.prepare(EMBED, OWN, url, fetch=never) == first


def test_an_issue_with_pictures_keeps_them_when_it_is_built_again(place: Project) -> None:
    """Also without --images, so that a preview shows what was built."""
    first = place.prepare(HOST)
    place.store(first)
    assert place.prepare(replace(HOST, mode="link")) == first


def test_a_stored_picture_that_was_changed_is_made_anew(place: Project) -> None:
    """Its name no longer says what it holds."""
    first = place.prepare(EMBED)
    place.store(first)
    ((name, _),) = first.files.items()
    (place.folder / name).write_bytes(b"something else")
    assert place.prepare(EMBED) == first


def test_a_changed_picture_of_the_project_gets_a_new_name(place: Project) -> None:
    """Mail programs keep pictures by their address for long."""
    first = place.prepare(HOST)
    place.store(first)
    place.put("a.jpg", saved(drawn((800, 600))))
    assert set(place.prepare(HOST).files).isdisjoint(first.files)


def test_pictures_of_others_stay_where_they_are_unless_allowed(place: Project) -> None:
    """They are named, as no mistake; with third_party they are taken."""
    url = "https://agency.example/photo.jpg"
    prepared = place.prepare(EMBED, url)
    assert (images(prepared), prepared.files, prepared.problems) == (
        [Image(url=url, alt="A")],
        {},
        (),
    )
    assert lines(prepared) == [
        "articles/Story 1.md: its picture stays on another host: https://agency.example/photo.jpg"
        " (third_party = true under [images] takes such pictures along, if you may)"
    ]
    allowed = replace(EMBED, third_party=True)
    assert len(place.prepare(allowed, url, fetch=web({url: FERRY})).files) == 1


def test_what_fails_is_named_and_stops_nothing(place: Project) -> None:
    """A picture that can't be had keeps its address; one that nobody could see goes."""
    place.put("broken.jpg", FERRY[:900])
    place.put("large.jpg", bytes(10_000_001))
    base = "https://example.org/images"
    with serve({"/a.jpg": answer(status=404)}) as server:

        def fetch(url: str) -> bytes:
            if url.endswith(".svg"):
                return b"<svg/>"
            return get(f"{server.url}/a.jpg", Limits(allow_private=True)).data

        names = ("broken.jpg", "large.jpg", "x.svg", "gone.jpg", "a.jpg")
        prepared = place.prepare(EMBED, *(f"{base}/{name}" for name in names), fetch=fetch)
    assert [image and image.url for image in images(prepared)] == [
        *(None, None, None),
        f"{base}/gone.jpg",
        f"{base}/a.jpg",
    ]
    assert [line.replace(server.url, "") for line in lines(prepared)] == [
        "articles/Story 1.md: its picture broken.jpg is a broken picture"
        " (the story goes without it)",
        "articles/Story 2.md: its picture large.jpg is larger than 10 MB"
        " (the story goes without it)",
        f"articles/Story 3.md: its picture {base}/x.svg is an SVG drawing, which mail programs"
        " don't show (the story goes without it; give it as PNG or JPEG)",
        "articles/Story 4.md: its picture /a.jpg answers 404"
        " (it stays linked, at its own address; nothing is there)",
    ]
    assert len(prepared.files) == 1


def test_headlines_have_no_picture(place: Project) -> None:
    """Nothing draws it, so nothing fetches it."""
    shown = issue(item(kind="headline", image=Image(url=OWN)))
    assert place.prepare_issue(EMBED, shown) == Prepared(issue=shown)


def test_who_asks_gets_hosting_where_there_is_an_address() -> None:
    """Else the pictures travel in the message; what digest.toml says goes first."""
    assert asked(ImagePolicy()).mode == "embed"
    assert asked(ImagePolicy(base_url="https://cdn.example/")).mode == "host"
    assert asked(ImagePolicy(mode="embed", base_url="https://cdn.example/")).mode == "embed"


def test_each_picture_is_a_step_on_the_way(place: Project) -> None:
    """A person who waits is told for what."""
    steps: list[tuple[int, int, str]] = []
    shown = issue(item(image=Image(url=OWN)))
    home = Home(url="https://example.org", root=place.root, folders=(place.root / "articles",))
    setting = Setting(policy=EMBED, home=home, issue=place.folder, fetch=never)
    prepare(shown, (), setting, lambda *step: steps.append(step))
    assert steps == [(1, 1, OWN)]


def test_many_pictures_come_in_the_order_of_their_items(place: Project) -> None:
    """However long each takes."""
    urls = [f"https://example.org/p/{number}.png" for number in range(20)]
    pictures = {}
    for number, url in enumerate(urls):
        image = Pillow.new("RGB", (40, 40), "white")
        ImageDraw.Draw(image).text((2, 2), str(number), fill="black")
        pictures[url] = saved(image, "PNG")
    prepared = place.prepare(EMBED, *urls, fetch=web(pictures))
    assert [each.url for each in prepared.inline] == urls
