"""A wrong template is named with its file, its line and the name it may have meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import issue, item, publication
from digest.errors import Problem, TemplateError
from digest.model import Mail, Theme
from digest.render import Setting, draw, shipped_templates

PAGE = "<mjml><mj-body><mj-section><mj-column>\n{}\n</mj-column></mj-section></mj-body></mjml>\n"
STRAY = "Encountered unknown tag 'endfor'."


def drawn_with(folder: Path, name: str, text: str, theme: str = "classic") -> Mail:
    """Draw an issue with one template of the user's own."""
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    chosen = Setting(
        publication=publication(),
        theme=Theme(name=theme),
        templates=(folder / "templates", shipped_templates()),
    )
    return draw(issue(item(title="A port")), chosen)


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("<mj-text>{{ isue.subject }}</mj-text>", "'isue' is undefined", "did you mean 'issue'?"),
        (
            "<mj-text>{{ issue.subjet }}</mj-text>",
            "'digest.render.views.IssueView object' has no attribute 'subjet'",
            "did you mean 'subject'?",
        ),
        ("{% for item in sections %}{% endfor %}{% endfor %}", STRAY, ""),
        (
            '{% include "partials/footr.mjml.j2" %}',
            "there is no template 'partials/footr.mjml.j2'",
            "did you mean 'partials/footer.mjml.j2'?",
        ),
        ("{{ issue.subject + 1 }}", 'can only concatenate str (not "int") to str', ""),
    ],
)
def test_mistakes_in_jinja_name_their_line(
    tmp_path: Path, text: str, problem: str, hint: str
) -> None:
    """An unknown name, attribute or file, a syntax error, a wrong type."""
    with pytest.raises(TemplateError) as raised:
        drawn_with(tmp_path, "mine/mail.mjml.j2", PAGE.format(text), theme="mine")
    assert raised.value.problems == (
        Problem(where="templates/mine/mail.mjml.j2:2", problem=problem, hint=hint),
    )


def test_a_mistake_in_an_overridden_partial_names_that_file(tmp_path: Path) -> None:
    """The place is where the mistake stands, not where it was included."""
    with pytest.raises(TemplateError) as raised:
        drawn_with(tmp_path, "partials/footer.mjml.j2", "\n\n{{ labels.bye }}\n")
    assert raised.value.problems[0].where == "templates/partials/footer.mjml.j2:3"


def test_a_mistake_in_the_text_template_is_named(tmp_path: Path) -> None:
    """The text has a template of its own, and errors of its own."""
    with pytest.raises(TemplateError) as raised:
        drawn_with(tmp_path, "mail.txt.j2", "{{ issue.titel }}")
    assert raised.value.problems[0].where == "templates/mail.txt.j2:1"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('<mj-text>порт</mj-text>\n<mj-include path="x" />', "templates/mine/mail.mjml.j2:3"),
        ("<mj-text><p>never closed</mj-text>", "templates/mine/mail.mjml.j2"),
        ("<mj-text>1 < 2</mj-text>", "templates/mine/mail.mjml.j2"),
    ],
)
def test_mistakes_in_mjml_name_the_template(tmp_path: Path, text: str, where: str) -> None:
    """MJML gives byte offsets at best; with one, the line of the template is found."""
    with pytest.raises(TemplateError) as raised:
        drawn_with(tmp_path, "mine/mail.mjml.j2", PAGE.format(text), theme="mine")
    problem = raised.value.problems[0]
    assert problem.where == where
    assert problem.problem.startswith("MJML: ")


def test_a_file_of_the_users_own_comes_first(tmp_path: Path) -> None:
    """One file overrides the shipped one of its name, and all others stay."""
    mail = drawn_with(tmp_path, "partials/footer.mjml.j2", "<mj-text>My own end</mj-text>")
    assert "My own end" in mail.html
    assert "Unsubscribe" not in mail.html
    assert "A port" in mail.html


def test_a_theme_can_bring_its_own_text(tmp_path: Path) -> None:
    """A theme's mail.txt.j2 comes before the shared one."""
    assert drawn_with(tmp_path, "classic/mail.txt.j2", "Short.\n").text == "Short.\n"


def test_a_template_that_changed_is_read_again(tmp_path: Path) -> None:
    """The preview shows an edit at once."""
    import os

    for number, text in enumerate(("One", "Two")):
        assert drawn_with(tmp_path, "mail.txt.j2", text).text == f"{text}\n"
        os.utime(tmp_path / "templates" / "mail.txt.j2", (number, number))


def test_a_style_sheet_can_not_fetch(tmp_path: Path) -> None:
    """An @import in a template's style is taken for what only works in the head."""
    style = "<mj-style>@import url(http://a.example/x.css);p{color:#111111}</mj-style>"
    page = f"<mjml><mj-head>{style}</mj-head><mj-body></mj-body></mjml>"
    assert "x.css" in drawn_with(tmp_path, "mine/mail.mjml.j2", page, theme="mine").html


@pytest.mark.parametrize("name", ["../classic", "", "partials", "/etc"])
def test_only_a_theme_is_a_theme(tmp_path: Path, name: str) -> None:
    """A path is no name, and a folder without mail.mjml.j2 no theme."""
    with pytest.raises(TemplateError, match="there is no theme"):
        drawn_with(tmp_path, "mine/readme.txt", "", theme=name)
