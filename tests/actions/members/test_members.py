"""Joining an account and leaving it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.cast import person
from tests.mailbox import Mailbox

from entregent.accounts.actor import Actor, actor_by_token, actor_in
from entregent.accounts.inviting import lapsed, pending_of
from entregent.accounts.models import Invitation, Membership, Role, Team, User
from entregent.accounts.permissions import Can
from entregent.accounts.scope import inside
from entregent.actions.members import members, roles, tokens
from entregent.actions.members.deeds import MEMBER_INVITED, MEMBER_JOINED
from entregent.actions.service import operating
from entregent.directory.messages import Invalid
from entregent.journal.models import Entry


def code_of(error: pytest.ExceptionInfo) -> str:
    return error.value.problems[0].code


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def place(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


@pytest.fixture
def invite(aicha, mailbox, django_capture_on_commit_callbacks):
    """``invite("eve@lac.example")``: the invitation and its secret, as the mail has it."""

    def invite(email: str, code: str = "reader", by: Actor = aicha) -> tuple[Invitation, str]:
        with django_capture_on_commit_callbacks(execute=True):
            offer = members.invite(by, email, role(code))
        offer.refresh_from_db()
        text = mailbox.messages[-1].get_content()
        return offer, text.split("/invitation/")[1].split("/")[0]

    return invite


def test_an_invitation_is_mailed_and_told(invite, mailbox: Mailbox, settings):
    settings.BASE_URL = "https://crm.lac.example"
    offer, secret = invite("Eve@LAC.example")
    mail = mailbox.messages[0]
    assert mailbox.recipients == [["eve@lac.example"]]
    assert mail["Subject"].strip() == "Aïcha Benali vous invite dans «\u00a0Les Amis du lac\u00a0»"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert f"https://crm.lac.example/invitation/{secret}/" in mail.get_content()
    assert offer.sent_at
    assert secret not in offer.digest
    assert Entry.objects.get().deed == MEMBER_INVITED


def test_a_name_with_line_breaks_makes_no_header(invite, mailbox: Mailbox, lac):
    type(lac).objects.update(name="Lac\r\nBcc: x@evil.example")
    offer, _secret = invite("eve@lac.example")
    assert mailbox.messages[0]["Bcc"] is None


def test_the_mail_server_refuses_and_the_invitation_is_kept(aicha, mailbox, django_capture_on_commit_callbacks):
    mailbox.refuse = "451 later"
    with django_capture_on_commit_callbacks(execute=True):
        offer = members.invite(aicha, "eve@lac.example", role("reader"))
    offer.refresh_from_db()
    assert offer.open
    assert offer.sent_at is None


def test_inviting_again_kills_the_first_link(invite):
    _first, old = invite("eve@lac.example")
    _second, new = invite("eve@lac.example")
    assert members.invitation_of(old) is None
    assert members.invitation_of(new).email == "eve@lac.example"
    assert Invitation.objects.count() == 1


def test_a_link_dies_after_seven_days(invite):
    offer, secret = invite("eve@lac.example")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert members.invitation_of(secret) is None
    user = User.objects.create_user("eve@lac.example")
    with pytest.raises(Invalid) as error:
        members.accept(offer, user)
    assert code_of(error) == "invitation_over"


def test_a_newcomer_joins_once(invite, lac):
    offer, secret = invite("eve@lac.example", "collaborator")
    offer.teams.add(team := Team.objects.create(account=lac, name="Bureau"))
    joined = members.join(offer, "une-phrase-assez-longue", first_name="Ève", last_name="Roy", language="en")
    actor = actor_in("lac", joined.user_id)
    assert actor.may(Can.WRITE_CONTACTS)
    assert actor.team_ids == (team.pk,)
    assert joined.user.check_password("une-phrase-assez-longue")
    assert joined.user.language == "en"
    assert members.invitation_of(secret) is None
    entry = Entry.objects.get(deed=MEMBER_JOINED)
    assert entry.by_name == "Ève Roy"
    with pytest.raises(Invalid) as error:
        members.accept(offer, joined.user)
    assert code_of(error) == "invitation_over"


def test_a_user_of_another_account_joins_with_both(invite, dimitri: Actor):
    offer, _secret = invite("dimitri@voisin.example")
    members.accept(offer, User.objects.get(pk=dimitri.user_id))
    assert actor_in("lac", dimitri.user_id)
    assert actor_in("voisin", dimitri.user_id)


def test_an_invitation_is_for_its_address_only(invite, dimitri: Actor):
    offer, _secret = invite("eve@lac.example")
    with pytest.raises(Invalid) as error:
        members.accept(offer, User.objects.get(pk=dimitri.user_id))
    assert code_of(error) == "invitation_other"
    assert actor_in("lac", dimitri.user_id) is None


def test_members_are_not_invited(aicha: Actor, bruno: Actor):
    with pytest.raises(Invalid) as error:
        members.invite(aicha, "BRUNO@lac.example", role("reader"))
    assert code_of(error) == "member_already"
    assert not Entry.objects.exists()


def test_a_withdrawn_invitation_opens_nothing(invite, aicha: Actor):
    offer, secret = invite("eve@lac.example")
    members.withdraw(aicha, offer)
    assert members.invitation_of(secret) is None


def test_readers_and_collaborators_manage_nobody(aicha: Actor, bruno: Actor, chloe: Actor):
    for by in (bruno, chloe):
        for deed in (
            lambda by=by: members.invite(by, "eve@lac.example", role("reader")),
            lambda by=by: members.change_member(by, place(aicha), role("reader"), []),
            lambda by=by: members.end_membership(by, place(aicha)),
        ):
            with pytest.raises(PermissionDenied):
                deed()
    assert Membership.objects.filter(active=True).count() == 3
    assert not Invitation.objects.exists()


def test_the_last_administrator_stays(aicha: Actor, bruno: Actor):
    for deed in (
        lambda: members.change_member(aicha, place(aicha), role("reader"), []),
        lambda: members.end_membership(aicha, place(aicha)),
    ):
        with pytest.raises(Invalid) as error:
            deed()
        assert code_of(error) == "last_administrator"
    members.change_member(aicha, place(bruno), role("administrator"), [])
    members.change_member(aicha, place(aicha), role("reader"), [])
    assert not actor_in("lac", aicha.user_id).may(Can.MANAGE_USERS)


def test_a_disabled_administrator_does_not_count(aicha: Actor, bruno: Actor):
    members.change_member(aicha, place(bruno), role("administrator"), [])
    User.objects.filter(pk=bruno.user_id).update(is_active=False)
    with pytest.raises(Invalid):
        members.end_membership(aicha, place(aicha))


def test_who_manages_users_does_not_become_administrator(aicha: Actor, bruno: Actor, chloe: Actor):
    human = roles.create_role(aicha, "Ressources", [Can.MANAGE_USERS, Can.READ_CONTACTS, Can.READ_JOURNAL])
    members.change_member(aicha, place(bruno), human, [])
    bruno = actor_in("lac", bruno.user_id)
    for deed in (
        lambda: members.change_member(bruno, place(bruno), role("administrator"), []),
        lambda: members.invite(bruno, "eve@lac.example", role("administrator")),
        lambda: members.end_membership(bruno, place(aicha)),
    ):
        with pytest.raises(Invalid) as error:
            deed()
        assert code_of(error) == "beyond"
    members.change_member(bruno, place(chloe), human, [])


def test_who_left_is_refused_at_once_with_their_tokens(aicha: Actor, bruno: Actor):
    _token, secret = tokens.create_token(bruno, "Site")
    assert actor_by_token(secret)
    members.end_membership(aicha, place(bruno))
    assert actor_in("lac", bruno.user_id) is None
    assert actor_by_token(secret) is None


def test_who_left_comes_back_by_invitation(aicha: Actor, bruno: Actor, invite):
    members.end_membership(aicha, place(bruno))
    offer, _secret = invite("bruno@lac.example", "reader")
    back = members.accept(offer, User.objects.get(pk=bruno.user_id))
    assert back.pk == bruno.membership_id
    assert back.role.code == "reader"


def test_a_role_of_another_account_is_unknown(aicha: Actor, bruno: Actor, voisin):
    with inside(voisin):
        foreign = role("reader")
    with pytest.raises(Invalid) as error:
        members.change_member(aicha, place(bruno), foreign, [])
    assert code_of(error) == "role_unknown"


GONE = {
    "removed": lambda by: Membership.objects.filter(pk=by.membership_id).update(active=False),
    "disabled": lambda by: User.objects.filter(pk=by.user_id).update(is_active=False),
    "demoted": lambda by: Membership.objects.filter(pk=by.membership_id).update(role=role("collaborator")),
    "managing users only": lambda by: Membership.objects.filter(pk=by.membership_id).update(
        role=Role.objects.create(account=by.account, name="Accueil", permissions=[Can.MANAGE_USERS])
    ),
    "deleted": lambda by: User.objects.filter(pk=by.user_id).delete(),
}


@pytest.fixture
def leaving(lac) -> Actor:
    """Another administrator, who goes."""
    return person(lac, "Farid", "Khan", "farid@lac.example", "administrator")


@pytest.mark.parametrize("how", GONE)
def test_an_invitation_lapses_with_whoever_sent_it(invite, leaving, aicha, bruno, dimitri, how):
    offer, secret = invite(User.objects.get(pk=dimitri.user_id).email, "administrator", by=leaving)
    assert members.invitation_of(secret)
    assert [each.pk for each in pending_of(aicha.account, leaving.user_id)] == [offer.pk]
    GONE[how](leaving)
    assert members.invitation_of(secret) is None
    assert lapsed(Invitation.objects.select_related("role")) == {offer.pk}
    assert pending_of(aicha.account, leaving.user_id) == []
    with pytest.raises(Invalid) as error:
        members.accept(offer, User.objects.get(pk=dimitri.user_id))
    assert code_of(error) == "invitation_over"
    assert actor_in("lac", dimitri.user_id) is None
    again, _secret = invite(offer.email, "administrator")  # by Aïcha, who is still there
    assert members.accept(again, User.objects.get(pk=dimitri.user_id)).active


def test_the_operator_who_is_no_member_may_invite_the_first_one(service, sonia, mailbox):
    _account, offer = operating.open_for(sonia, "rive", "Rive", "zoe@rive.example")
    assert lapsed([offer]) == set()
    with inside(service):
        Membership.objects.filter(pk=sonia.membership_id).update(active=False)
    assert lapsed([offer]) == {offer.pk}
