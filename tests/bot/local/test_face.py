"""The local chat in one process, on both databases, with a small Prep that shows every kind of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from storage.tables import LocalMessage
from tests.support.local_chat import talk
from tests.support.parrot import build_parrot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app import App


@pytest.fixture
def app(database_url: str) -> Iterator[App]:
    built = build_parrot(database_url)
    yield built
    built.close()


def test_an_answer_as_plain_text(app: App) -> None:
    assert talk(app, "page")[0].split("\n") == [
        "Page",
        "Term        We  They",
        "price     3.68  3.80",
        "net days    45    45",
        "! Careful",
        "Small print",
        "[1] Letter A  [2] Letter B",
    ]


def test_a_number_presses_a_button_of_the_newest_message_also_in_a_later_run(app: App) -> None:
    assert talk(app, "letters", "say hello", "2")[-1] == "You said B."
    assert talk(app, "1") == ["You said A."]


def test_each_user_sees_their_own_buttons(app: App) -> None:
    talk(app, "letters", user="ann")
    assert "no button here" in talk(app, "1", user="bob")[0]


def test_a_number_without_a_button_says_which_there_are(app: App) -> None:
    assert talk(app, "letters", "3", "0")[1:] == ["There is no such button here: press 1 to 2."] * 2
    assert talk(app, "wipe", "2")[1] == "There is no such button here: press 1."


def test_while_a_number_is_asked_for_it_is_the_answer_and_buttons_have_words(app: App) -> None:
    asked, again = talk(app, "ask", "1")
    assert asked == "How many?\n[skip]  [stop]"
    assert again == "You said 1.\nWhich one?\n[1] Red"
    assert talk(app, "1") == ["You said red."]


def test_other_answers_in_between_have_words_too_while_the_question_is_open(app: App) -> None:
    told = talk(app, "ask", "letters", "Letter B", "2", "[letter a]")
    assert told[1] == "Choose.\n[Letter A]  [Letter B]"
    assert told[2] == "You said B."
    assert told[3].startswith("You said 2.\nWhich one?")


def test_a_wrong_answer_keeps_the_question_open_for_numbers(app: App) -> None:
    told = talk(app, "ask", "many", "1")
    assert told[1] == "many is no number.\nFor example: 5"
    assert told[2].startswith("You said 1.")


def test_a_number_no_button_has_is_an_answer_where_a_question_is_open(app: App) -> None:
    assert talk(app, "ask", "1", "77")[-1].startswith("You said 77.")


def test_words_of_a_button_press_it_and_navigate(app: App) -> None:
    assert talk(app, "ask", "[skip]")[-1].startswith("Skipped.\nWhich one?")
    assert talk(app, "ask", "stop", "letters")[1:] == ["Paused.", "Choose.\n[1] Letter A  [2] Letter B"]


def test_a_question_in_the_direct_message_does_not_take_numbers_in_a_channel(app: App) -> None:
    talk(app, "ask")
    assert talk(app, "/prep letters", "1", channel="acme")[-1] == "(only you) You said A."


def test_a_confirmation(app: App) -> None:
    told = talk(app, "wipe", "1", "no", "1", "yes", "1", "say other", "yes")
    assert told[0] == "[1] Wipe"
    assert told[1:5] == ["Wipe all? (yes/no)", "Left as it was.", "Wipe all? (yes/no)", "You said wiped."]
    assert told[6] == "You said other."
    assert told[7].startswith("I do not know")


def test_a_confirmation_waits_for_the_next_run(app: App) -> None:
    talk(app, "wipe", "1")
    assert talk(app, "yes") == ["You said wiped."]


def test_a_form_field_by_field_over_several_runs(app: App) -> None:
    opened = talk(app, "form", "Borg")
    assert opened[0].startswith("Here is a form.\n\nAn alternative\n")
    assert opened[1].startswith("2 of 6 · Price\n")
    assert talk(app, "skip")[0] == "3 of 6 · State\n[1] Quoted  [2] Estimated  [3] Not asked"
    told = talk(app, "2", "tooling, 2", "29 May", "first\nsecond")
    assert told[-1].split("\n") == [
        "Kept:", "name='Borg'", "price='3.52'", "state='e'", "needs='t\\ns'", "until='2026-05-29'",
        "note='first\\nsecond'",
    ]  # fmt: skip
    assert talk(app, "say done") == ["You said done."]


def test_a_refused_form_comes_back_with_what_was_typed(app: App) -> None:
    refused = talk(app, "form", "Borg", "abc", "save")[-1]
    assert refused.startswith("abc is no price.\nFor example: 3.52\n\nThe form is still here")
    assert "now: Borg" in refused
    told = talk(app, "skip", "3.6", "save")
    assert "now: abc" in told[0]
    assert "price='3.6'" in told[-1]


def test_a_form_that_was_saved_when_the_chat_was_killed_is_not_saved_twice(app: App) -> None:
    talk(app, "form", "Borg")
    before = kept_form(app)
    assert talk(app, "save")[0].startswith("Kept:")
    with app.database.writing() as handle:
        handle.session.merge(before)
    assert talk(app, "save", "say hello") == ["That form was saved before.", "You said hello."]


def kept_form(app: App) -> LocalMessage:
    with app.database.reading() as handle:
        rows = handle.session.exec(select(LocalMessage)).all()
        return next(LocalMessage(**row.model_dump()) for row in rows if row.form.get("kind") == "form")


def test_a_wrong_field_is_asked_again_and_a_form_can_be_left(app: App) -> None:
    told = talk(app, "form", "-", "Borg", "stop", "Borg")
    assert told[1].startswith("Name is needed. `stop` leaves the form.\n\n1 of 6 · Name")
    assert told[3] == "Left the form; nothing was changed."
    assert told[4].startswith("I do not know")


def test_saving_goes_to_the_field_that_is_missing(app: App) -> None:
    before = waiting_at(app, 2)
    with app.database.writing() as handle:
        handle.session.merge(before)
    told = talk(app, "save", "Borg")
    assert told[0].startswith("Name is needed. `stop` leaves the form.\n\n1 of 6 · Name (needed)")
    assert told[1].startswith("2 of 6 · Price")


def waiting_at(app: App, at: int) -> LocalMessage:
    """The form, open at a field behind one that is needed and still empty."""
    talk(app, "form")
    row = kept_form(app)
    row.form = {**row.form, "form": {**row.form["form"], "at": at}}
    return row


def test_a_form_survives_a_command_that_is_forced_and_a_new_form_takes_its_place(app: App) -> None:
    told = talk(app, "form", "Borg", "/prep say hello", "/prep form", "stop", "say hi")
    assert told[2].startswith("You said hello.\n\n2 of 6 · Price")
    assert "1 of 6 · Name" in told[3]
    assert told[5] == "You said hi."


def test_a_form_in_a_channel_is_for_the_speaker_alone(app: App) -> None:
    told = talk(app, "/prep form", "Borg", "stop", "Borg", channel="acme")
    assert told[0].startswith("(only you) Here is a form.\n\n(only you) An alternative")
    assert told[1].startswith("(only you) 2 of 6")
    assert told[3] == ""


def test_in_a_channel_only_what_is_marked_is_for_prep(app: App) -> None:
    told = talk(app, "hello", "say x", "/prep say x", "@Prep say y", "", "# 1", channel="acme")
    assert told == ["", "", "(only you) You said x.", "(only you) You said y.", "", ""]


def test_everybody_in_a_channel_presses_its_buttons_and_the_message_is_edited(app: App) -> None:
    assert talk(app, "@Prep post", channel="acme") == ["Notice is due\n[1] Seen  [2] Details"]
    assert talk(app, "2", "1", channel="acme", user="bob") == [
        "(only you) You said details.",
        "(edited) Seen by bob\n[1] Letter A  [2] Letter B",
    ]
    assert talk(app, "1", channel="acme") == ["(only you) You said A."]


def test_buttons_for_one_are_not_seen_by_others_in_the_channel(app: App) -> None:
    talk(app, "/prep letters", channel="acme")
    assert "no button" in talk(app, "1", channel="acme", user="bob")[0]
    assert talk(app, "1", channel="acme", user="ann") == ["(only you) You said A."]


def test_a_guest_is_told_nothing(app: App) -> None:
    assert talk(app, "say x", guest=True) == ["Prep answers inside members of this workspace only."]
    assert talk(app, "say x") == ["You said x."]


def test_a_channel_stays_external(app: App) -> None:
    assert talk(app, "@Prep inside", channel="ours") == ["For us."]
    talk(app, "hello", channel="shared", external=True)
    assert talk(app, "@Prep inside", channel="shared") == ["(only you) For us."]


def test_a_guest_who_spoke_in_a_channel_is_among_its_readers(app: App) -> None:
    talk(app, "hello", channel="mixed", user="gus", guest=True)
    assert talk(app, "@Prep inside", channel="mixed") == ["(only you) For us."]
    assert talk(app, "@Prep inside", channel="ours") == ["For us."]
    talk(app, "hello", user="gus")
    assert talk(app, "@Prep inside", channel="mixed") == ["(only you) For us."], (
        "a guest there is one until Prep knows better"
    )


def test_posts_to_others_are_marked_with_the_place_and_can_be_pressed_there(app: App) -> None:
    told = talk(app, "tell @bob good morning", "tell #acme hello", "tell @ann note")
    assert told[0] == "Told.\n\n@bob: good morning\n  and more\n  [1] Thanks"
    assert told[1] == "Told.\n\n#acme: hello\n  and more\n  [1] Thanks"
    assert told[2] == "Told.\n\nnote\nand more\n[1] Thanks", "that is here"
    assert talk(app, "1", user="bob") == ["You said thanks."]
    assert talk(app, "1", user="cem", channel="acme") == ["(only you) You said thanks."]


def test_what_breaks_gives_a_reference_and_the_log_no_words(
    app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    told = talk(app, "fail")[0]
    assert "Something went wrong" in told
    log = capsys.readouterr().err
    assert "turn_failed" in log
    assert "division" not in log


def test_other_scripts_and_long_lines(app: App) -> None:
    long = "ש" * 10_000
    assert talk(app, "say 外箱 مرحبا", f"say {long}") == ["You said 外箱 مرحبا.", f"You said\n  {long}."]


def test_old_messages_are_forgotten(app: App) -> None:
    talk(app, *["letters"] * 105)
    with app.database.reading() as handle:
        assert len(handle.session.exec(select(LocalMessage)).all()) == 100


def test_help_in_a_form_says_what_can_be_typed_and_asks_the_field_again(app: App) -> None:
    told = talk(app, "form", "help", "cancel", "say hi")
    assert told[1].startswith("Answer each field.")
    assert "`stop` or `cancel` leaves and changes nothing" in told[1]
    assert "\n\n1 of 6 · Name (needed)" in told[1]
    assert told[2:] == ["Left the form; nothing was changed.", "You said hi."]
