"""The first minutes with Vivencia: an empty directory, the address that the server writes, and Chromium."""

import pytest

from harness import console, people, product


@pytest.mark.parametrize(("language", "width"), [("es", "1280"), ("en", "390")])
def test_the_first_person_sets_everything_up_by_keyboard(language, width, server, data_dir, tmp_path):
    """By an address that is not whole, then by the right one; a bad password is told; the organisation is as asked."""
    token = people.setup_token(server)
    out = tmp_path / "looks"
    out.mkdir()
    words = ("--token", token, "--language", language, "--width", width, "--out", str(out))
    console.drive((server, "-"), "first-run.mjs", *words)

    key = product.create_key(data_dir, "tests", "admin")
    answer = people.Browser(server).send("GET", "organisation", None, {"Authorization": f"Bearer {key}"}).json()
    expected = people.ORGANISATION | {"language": language}
    assert {name: answer[name] for name in expected} == expected
    (user,) = product.run_json("user", "list", "--data-dir", data_dir)["users"]
    assert (user["email"], user["role"], user["language"]) == ("ana@nuevo.example", "owner", language)
    assert token not in "".join(server.output).replace(f"#token={token}", "", 1), "the secret reached the log"
