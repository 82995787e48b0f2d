"""GONE: two sessions that did not find the profile, each of which found somebody by name afterwards."""

from __future__ import annotations

from core.domain.verdict import Outcome, Reason
from core.engine.inquiry import Purpose, Worth
from core.sources.base import Kind
from tests.unit.core.engine.inquiries import GONE, NOW, Desk, asked, names_in, these

BY_NAME, BY_ID = Kind.LOOK_UP_NAME, Kind.LOOK_UP_ID
NO_SECOND = (Outcome.UNKNOWN, Reason.SECOND_SESSION)


def unknown_id(desk: Desk, *names: str) -> None:
    desk.add(*(desk.target(name, known_id=False) for name in names))


def missed_by(desk: Desk, *sessions: int, reason: Reason = Reason.NOT_FOUND) -> None:
    """Nobody is found at the next look-ups, one for each of *sessions*."""
    for session in sessions:
        step = desk.look_up()
        assert step.purpose is Purpose.LOOK
        assert session not in step.exclude
        assert desk.finds_nobody(step, session=session, reason=reason) is Worth.NOTHING


def test_gone_takes_two_sessions_each_of_which_then_found_somebody_by_name() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    assert desk.verdicts == {}
    proofs = [desk.look_up(), desk.look_up()]
    assert [(step.purpose, step.only) for step in proofs] == [(Purpose.PROOF, 1), (Purpose.PROOF, 2)]
    desk.finds(proofs[0], session=1)
    assert desk.verdicts == {}
    desk.finds(proofs[1], session=2)
    assert desk.verdicts == {"ann": GONE}


def test_the_second_look_must_not_go_over_the_first_ones_session() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 4)
    assert desk.look_up().exclude == these(4)


def test_the_next_look_up_of_a_session_is_its_proof() -> None:
    desk = Desk()
    unknown_id(desk, "ann", "bob", "eve")
    missed_by(desk, 1)
    bob, eve = desk.look_up(), desk.look_up()
    assert (asked(bob)[0], asked(eve)[0]) == ("bob", "eve")
    missed = desk.look_up()
    assert desk.inquiry.next_look_up(NOW) is None, "no canary is spent while look-ups are under way"
    desk.finds_nobody(missed, session=2)
    desk.finds(bob, session=1)
    assert desk.verdicts == {}
    desk.finds(eve, session=2)
    assert desk.verdicts == {"ann": GONE}


def test_what_a_session_found_before_proves_nothing() -> None:
    desk = Desk()
    unknown_id(desk, "bob", "ann")
    desk.finds(desk.look_up(), session=1)
    missed_by(desk, 1, 2)
    assert "ann" not in desk.verdicts


def test_somebody_found_by_id_proves_nothing() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    desk.add(desk.target("bob", private=True), desk.target("eve", private=True))
    for session in (1, 2):
        step = desk.look_up()
        assert step.question.kind is BY_ID
        desk.finds(step, session=session, private=True)
    assert "ann" not in desk.verdicts


def test_a_canary_that_is_looked_up_is_a_proof_too() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    desk.add(desk.target("bob"))
    step = desk.look_up()
    assert step.purpose is Purpose.CANARY
    desk.finds(step, session=1)
    proof = desk.look_up()
    assert (proof.purpose, proof.only) == (Purpose.PROOF, 2)
    desk.finds(proof, session=2)
    assert desk.verdicts == {"ann": GONE}


def test_a_session_that_finds_nobody_else_either_loses_its_look_and_is_told_blind() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    one, two = desk.look_up(), desk.look_up()
    desk.finds(two, session=2)
    assert desk.finds_nobody(one, session=1) is Worth.NOTHING
    again = desk.look_up()
    assert (again.only, again.question.subjects[0].username) == (1, asked(two)[0].replace("canary1", "canary2"))
    assert asked(again)[0] != asked(one)[0], "one name may have vanished by itself"
    assert desk.finds_nobody(again, session=1) is Worth.PROVEN_BLIND
    third = desk.look_up()
    assert (third.purpose, third.exclude, third.avoid) == (Purpose.LOOK, these(2), these(1))
    desk.finds_nobody(third, session=3)
    desk.finds(desk.look_up(), session=3)
    assert desk.verdicts == {"ann": GONE}


def test_two_looks_lost_to_blind_sessions_end_in_unknown() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    for _ in range(2):
        for step in (desk.look_up(), desk.look_up()):
            assert step.only is not None
            desk.finds_nobody(step, session=step.only)
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.NOT_FOUND)}
    assert desk.idle()


def test_a_session_with_three_unproven_looks_proves_itself_before_it_looks_up_anybody_else() -> None:
    desk = Desk()
    unknown_id(desk, "ann", "bob", "eve", "joe")
    missed_by(desk, 1, 1, 1)
    step = desk.look_up()
    assert (step.purpose, step.only) == (Purpose.PROOF, 1)
    assert desk.look_up().exclude == these(1)


def test_a_name_that_another_session_found_is_the_first_proof() -> None:
    desk = Desk()
    unknown_id(desk, "bob", "ann")
    desk.finds(desk.look_up(), session=1)
    missed_by(desk, 1, 2)
    assert asked(desk.look_up()) == ("bob", Purpose.PROOF)


def test_somebody_found_after_all_clears_what_others_missed() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1)
    desk.finds(desk.look_up(), session=2)
    assert names_in(desk.stories()) == ["ann"]
    assert desk.inquiry.next_look_up(NOW) is None, "session 1 has nothing to prove any more"


def test_an_earlier_gone_is_the_first_look() -> None:
    desk = Desk()
    desk.add(desk.target("ann", gone=True))
    step = desk.look_up()
    assert (step.question.kind, step.exclude) == (BY_NAME, frozenset())
    desk.finds_nobody(step, session=1)
    assert desk.verdicts == {}, "its own look has to be proven all the same"
    desk.finds(desk.look_up(), session=1)
    assert desk.verdicts == {"ann": GONE}


def test_an_earlier_gone_that_is_back_is_asked_like_anybody() -> None:
    desk = Desk()
    desk.add(desk.target("ann", gone=True))
    desk.finds(desk.look_up(), session=1)
    assert names_in(desk.stories()) == ["ann"]


def test_a_look_that_shows_no_user_tells_so_in_its_reason() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2, reason=Reason.USER_NULL)
    for session in (1, 2):
        desk.finds(desk.look_up(), session=session)
    assert desk.verdicts == {"ann": (Outcome.GONE, Reason.USER_NULL)}


def test_a_page_that_says_not_found_takes_three_sessions() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2, 3, reason=Reason.HTML_WALL)
    for session in (1, 2, 3):
        assert desk.verdicts == {}
        desk.finds(desk.look_up(), session=session)
    assert desk.verdicts == {"ann": GONE}


def test_with_one_session_gone_stays_unknown() -> None:
    desk = Desk(sessions=1)
    unknown_id(desk, "ann")
    missed_by(desk, 1)
    step = desk.look_up()
    assert step.exclude == these(1)
    desk.inquiry.put_back(step, NOW, never=True)
    assert desk.verdicts == {"ann": NO_SECOND}
    assert desk.idle()


def test_with_one_session_an_earlier_gone_and_its_own_look_are_two() -> None:
    desk = Desk(sessions=1)
    desk.add(desk.target("ann", gone=True))
    missed_by(desk, 1)
    desk.finds(desk.look_up(), session=1)
    assert desk.verdicts == {"ann": GONE}


def test_a_second_session_that_rests_is_waited_for() -> None:
    desk = Desk(sessions=2)
    unknown_id(desk, "ann")
    missed_by(desk, 1)
    desk.inquiry.put_back(desk.look_up(), NOW)
    assert desk.verdicts == {}
    assert desk.look_up().exclude == these(1)


def test_a_session_that_has_yet_to_prove_itself_is_no_lack_of_a_second_one() -> None:
    desk = Desk(sessions=3)
    unknown_id(desk, "ann", "bob", "eve", "joe")
    missed_by(desk, 1, 2, 2, 2)
    assert desk.look_up().only == 2
    ann = desk.look_up()
    assert (asked(ann)[0], ann.exclude) == ("ann", these(1, 2))
    desk.inquiry.put_back(ann, NOW, never=True)
    assert desk.verdicts == {}


def test_a_look_up_that_only_sessions_in_doubt_could_carry_waits_for_their_proof() -> None:
    desk = Desk(sessions=2)
    unknown_id(desk, "ann", "bob", "eve", "joe")
    missed_by(desk, 1, 2, 2, 2)
    proof = desk.look_up()
    bob = desk.look_up()
    assert (proof.only, asked(bob)[0], bob.exclude) == (2, "bob", these(2))
    for step in (desk.look_up(), desk.look_up()):
        assert asked(step)[0] in {"eve", "joe"}
    assert desk.inquiry.next_look_up(NOW) is None
    desk.finds(proof, session=2)
    assert (asked(desk.look_up())[0]) == "ann"


def test_a_lack_of_any_session_is_no_verdict() -> None:
    desk = Desk(sessions=2)
    unknown_id(desk, "ann")
    missed_by(desk, 1)
    step = desk.look_up()
    desk.routes.usable = 0
    desk.inquiry.put_back(step, NOW, never=True)
    assert desk.verdicts == {}


def test_another_session_takes_over_when_the_one_that_looked_is_gone_from_service() -> None:
    desk = Desk(sessions=2)
    unknown_id(desk, "ann")
    missed_by(desk, 1)
    desk.routes.usable = 1  # session 1 is frozen now; session 2 can still look
    missed_by(desk, 2)
    assert desk.inquiry.open_count == 1


def test_a_proof_whose_session_is_away_lets_another_session_look() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    one, two = desk.look_up(), desk.look_up()
    desk.finds(one, session=1)
    desk.inquiry.put_back(two, NOW)
    third = desk.look_up()
    assert (third.purpose, third.exclude, third.avoid) == (Purpose.LOOK, these(1), these(2))
    desk.finds_nobody(third, session=3)
    desk.finds(desk.look_up(), session=3)
    assert desk.verdicts == {"ann": GONE}


def test_looks_whose_sessions_were_always_away_end_in_unknown() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    while (step := desk.inquiry.next_look_up(NOW)) is not None:
        if step.purpose is Purpose.PROOF:
            desk.inquiry.put_back(step, NOW)
        else:
            desk.finds_nobody(step, session=1)
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.NOT_FOUND)}


def test_proofs_that_fail_are_tried_again_and_accuse_no_session() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    one, two = desk.look_up(), desk.look_up()
    desk.finds(two, session=2)
    desk.refuses(one, session=1)
    again = desk.look_up()
    assert (again.purpose, again.only) == (Purpose.PROOF, 1)
    assert desk.finds_nobody(again, session=1) is Worth.NOTHING, "one miss and one failure are not two misses"
    desk.finds(desk.look_up(), session=1)
    assert desk.verdicts == {"ann": GONE}


def test_without_any_name_to_prove_with_gone_stays_unknown() -> None:
    desk = Desk(canaries=[])
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    assert desk.inquiry.next_look_up(NOW) is None
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.NO_CANARY)}


def test_without_canaries_a_session_in_doubt_waits_for_a_name_that_others_find() -> None:
    desk = Desk(canaries=[])
    unknown_id(desk, "ann", "bob", "eve", "joe")
    missed_by(desk, 1, 1, 1)
    joe = desk.look_up()
    assert (asked(joe), joe.exclude) == (("joe", Purpose.LOOK), these(1))
    desk.finds(joe, session=2)
    proof = desk.look_up()
    assert (asked(proof), proof.only) == (("joe", Purpose.PROOF), 1)


def test_without_canaries_sessions_that_all_are_in_doubt_do_not_hold_up_the_batch() -> None:
    desk = Desk(canaries=[], sessions=1)
    unknown_id(desk, "ann", "bob", "eve", "joe")
    for name in ("ann", "bob", "eve"):
        step = desk.look_up()
        assert asked(step)[0] == name
        desk.finds_nobody(step, session=1)
    while (step_or_none := desk.inquiry.next_look_up(NOW)) is not None:
        desk.inquiry.put_back(step_or_none, NOW, never=bool(step_or_none.exclude))
        if not step_or_none.exclude:
            break
    assert {"ann", "bob", "eve"} <= set(desk.verdicts)


def test_a_name_that_a_session_missed_is_forgiven_once_it_finds_another() -> None:
    desk = Desk(sessions=3)
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    one, two = desk.look_up(), desk.look_up()
    desk.finds(two, session=2)
    desk.finds_nobody(one, session=1)
    desk.finds(desk.look_up(), session=1)
    assert desk.verdicts == {"ann": GONE}
    unknown_id(desk, "bob")
    missed_by(desk, 1, 3)
    assert desk.finds_nobody(desk.look_up(), session=1) is Worth.NOTHING


def test_a_session_looks_up_nobody_else_while_it_proves_itself() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    missed_by(desk, 1, 2)
    assert [desk.look_up().only for _ in range(2)] == [1, 2]
    unknown_id(desk, "bob")
    assert desk.look_up().exclude == these(1, 2)
