"""Refusals of mailings: never dropped, however they are said; what is unsure is asked."""

from .case import case

REFUSES, NOT = "mail_refused=True", "mail_refused=False"
HEADINGS = [
    ("Unsubscribed", "1"), ("Désabonné", "oui"), ("Désinscrit(e)", "X"), ("Email Opt Out", "TRUE"), ("Opt-out", "vrai"),
    ("emailAddressIsOptedOut", "1"), ("emailAddressIsInvalid", "1"), ("L'adresse e-mail est désactivée", "1"),
    ("EMAIL_BLACKLISTED", "Yes"), ("is_blacklisted", "True"), ("Email mis sur liste noire", "VRAI"),
    ("HasOptedOutOfEmail", "TRUE"), ("EmailBouncedReason", "smtp; 550 unknown"), ("Email hard bounce reason", "MAILBOX_FULL"),
    ("Do Not Email", "1"), ("No Bulk Emails (User Opt Out)", "Yes"), ("On Hold", "2"), ("Unsubscribed from all email", "true"),
    ("Désabonné de tous les e-mails", "true"), ("Refuser les e-mails de masse", "1"), ("Refuser les emailings", "1"),
    ("IsExcludedFromCampaigns", "true"), ("IsSpamComplaining", "true"), ("UNSUB_TIME", "2024-01-01 09:00:00"),
    ("CLEAN_TIME", "2024-01-01 09:00:00"), ("Ne pas contacter", "oui"), ("Ne plus écrire", "x"), ("STOP", "oui"),
    ("Opposition RGPD", "oui"), ("NPAI", "1"), ("message_bounce", "3"), ("Refus de prospection", "O"),
    ("Je ne souhaite plus recevoir de courriels", "Oui"), ("Plainte", "1"),
]  # fmt: skip
AGREEMENTS = [
    ("Inscription à la lettre d'information", "", REFUSES), ("Inscription à la lettre d'information", "Oui", "mail_refused="),
    ("lettre_infos", "0", REFUSES), ("OPT_IN", "No", REFUSES), ("OPT_IN", "Yes", "mail_refused="),
    ("DOUBLE_OPT-IN", "2", REFUSES), ("DOUBLE_OPT-IN", "1", "mail_refused="), ("Use for Bulk Mail", "0", REFUSES),
    ("J'accepte de recevoir les actualités par courriel", "Non", REFUSES),
    ("Je souhaite recevoir la newsletter ", "Oui", "mail_refused="), ("Newsletter", "faux", REFUSES),
    ("Newsletter", "12/05/2023", "mail_refused="),
]  # fmt: skip
AGREEMENTS += [
    ("Newsletter", cell, REFUSES)
    for cell in ("12/05/2023 désinscrit", "12/05/2023 - unsubscribed", "2023-05-12 : ne veut plus", "2023-05-12 10:00 non",
                 "2023-05-12T10:00:00 plus jamais", "1970-01-01", "oui, puis désabonné")
] + [
    ("Newsletter", cell, "mail_refused=")
    for cell in ("2023-05-12", "2023-05-12 10:00:00", "2023-05-12T10:00:00Z", "12/05/2023 10h30", "05/23/2023 9:05 AM")
]  # fmt: skip
SAID = """ne souhaite plus être contactée;Ne veut plus recevoir nos courriels;ne plus être contacté;
ne désire plus recevoir la revue;retrait du consentement;plus de mails SVP;ne  plus contacter;n’accepte pas d’être contacté;
ne veut aucun courriel;ne souhaite pas recevoir d’infos;ne pas lui écrire;Ne plus contacté;retiré de la liste de diffusion;
a retiré son consentement;consentement retiré;pas de pub;does not want to receive e-mails;no more emails please;
plus aucun mail;n’est plus abonnée;complained;Non-Subscribed;ne\u202fplus\u00a0contacter;ne pas mettre dans les mailings;
non, désabonné;non désabonné mais NPAI;ne veut rien recevoir""".replace("\n", "").split(";")
UNSAID = """non désabonné;pas d’opposition;n’a pas reçu le courrier;n’a plus de mail;ne pas oublier de contacter;
n’a pas encore été contacté;ne répond plus aux relances;ne pas hésiter à contacter le soir;sans opposition;
aime recevoir la revue;no bounce;plus tard;pas désabonnée;n’a pas pu être contacté;vient de plus loin;
liste de diffusion du bureau""".replace("\n", "").split(";")
NO_REFUSALS = ["n/a", "néant", "sans objet", "non renseigné", "pas d’opposition", "non désabonné", "1970-01-01", "Aucune plainte",
               "1970-01-01 00:00:00", "0000-00-00", "-", "inconnu", "Jamais désabonné", "non (jamais désabonné)"]  # fmt: skip
SURE = ["2024-01-01", "x", "XX", "oui, le 3 mars", "3", "Désabonné", "refus", "non, désabonné"]
STATES = [
    ("Subscribed", "mail_refused="), ("complained", REFUSES), ("Non-Subscribed", REFUSES), ("cleaned", REFUSES),
    ("bounced", REFUSES), ("abonné", "mail_refused="), ("confirmed", "mail_refused="), ("", "mail_refused="),
]  # fmt: skip
UNSURE_STATES = ["pending", "archived", "inactive", "transactional", "en attente", "Inactif"]
OTHERS = [
    ("Critère de diffusion", "Normal"), ("Privé", "Vrai"), ("SMS_BLACKLISTED", "Yes"), ("Do Not Call", "1"),
    ("phoneNumberIsOptedOut", "1"), ("Ne pas appeler", "1"), ("HasOptedOutOfFax", "TRUE"), ("OPTIN_TIME", ""),
    ("statutDiffusionUniteLegale", "O"), ("Compte :", "Oui"), ("Do Not Trade", "1"),
]  # fmt: skip
ASKED = """Souhaite être contacté=Non;Mailing=N;Mailing=Oui;Communication=Aucune;Veut recevoir nos infos=non merci;
Bulletin municipal=Non;Liste rouge=Oui;Envoi mail=Non;Mail OK=KO;OK pour e-mails=pas d'accord;Contact par mail=Non;
Accord mail=Non;Diffusion mail=Non;Publipostage=Non;E-mailing=X;Contact=Non;Informations=Non;Email confirmé=Non;
Mail=Non;Courriel=refusé;Veut des nouvelles=plutôt par téléphone;Recevoir le bulletin=0;Invitations=Non;Marketing=Non;
Publicité=Oui;Pas de mail=x;Autorisation d'envoi=Non;Accepts Marketing=no;Email subscribed=false;
Wants to be contacted=No;Can contact=No;Mailing list=No;Liste de diffusion=Non;Actualités=Non;Offres partenaires=Non;
Joignable par mail=Non;Communication par mail=Non;Envoi des infos=Non;Pas de courrier=x;Arrêt newsletter=oui;
Newsletter supprimée=oui;Non inscrit newsletter=oui;Accord=Non;Souhaite recevoir le bulletin=
""".replace("\n", "").split(";")
READ = [("Pas de pub", "x"), ("Sans pub", "oui"), ("Pas de newsletter", "x"), ("Plus de prospection", "1"),
        ("Accepte les mails", "pas d'accord"), ("Reçoit la newsletter", "non merci")]  # fmt: skip
AGREED = [("Accepte les mails", "d'accord"), ("Reçoit la newsletter", "oui merci")]
USUAL = """Contact=Luc Roy;Information=aime le vélo;Email envoyé=Oui;Mail envoyé le=12/01/2024;Contacté=Oui;
Date dernier contact=12/03/2024;Liste de diffusion=Presse;Mode de contact=Téléphone;Responsable communication=Luc Roy;
Contact d'urgence=Non;Informations complémentaires=Non;Adresse d'envoi du courrier=3 rue du Lac;E-mail d'envoi=b@x.example;
Autorisation parentale=Oui;Bénévole=Non;Courriel=aucun;Mail=néant;Nombre de messages=0;Message=Bonjour;
Droit à l'image=Non;Email OK=b@x.example;Pas de SMS=x""".replace("\n", "").split(";")


def _row(heading: str, cell: str) -> str:
    return f"Nom|Prénom|Email|{heading} / Roy|Ann|a@x.example|{cell}"


CASES = [
    *(case(f"refusal headed {heading}", _row(heading, cell), REFUSES, said={"refusal_read"}, unsaid={"asked:3"})
      for heading, cell in HEADINGS),
    *(case(f"no refusal headed {heading}", _row(heading, "0"), NOT, unsaid={"refusal_read"})
      for heading in ("Désabonné", "EMAIL_BLACKLISTED", "Do Not Email", "message_bounce")),
    *(case(f"agreement headed {heading}, «{cell}»", _row(heading, cell), wanted)
      for heading, cell, wanted in AGREEMENTS),
    *(case(f"asked about: {one}", _row(*one.split("=")), "mail_refused= | email=a@x.example | email1=", said={"asked:3"})
      for one in ASKED),
    *(case(f"refusal headed {heading}, «{cell}»", _row(heading, cell), REFUSES, said={"refusal_read"}, unsaid={"asked:3"})
      for heading, cell in READ),
    *(case(f"agreement in other words, headed {heading}", _row(heading, cell), "mail_refused=", unsaid={"asked:3"})
      for heading, cell in AGREED),
    *(case(f"usual, not asked about: {one}", _row(*one.split("=")), "mail_refused=", unsaid={"asked:3", "refusal_read"})
      for one in USUAL),
    *(case(f"not about mailings: {heading}", _row(heading, cell), "mail_refused=", unsaid={"asked:3", "refusal_read"})
      for heading, cell in OTHERS),
    case("unsubscribed and bounced in a column of states",
         "Email,First Name,Last Name,Status / a@x.example,Ann,Roy,Unsubscribed / b@x.example,Zoé,Blais,Active"
         " / c@x.example,Max,Côté,Bounced / d@x.example,Luc,Roy,Unconfirmed",
         REFUSES, "mail_refused=", REFUSES, REFUSES),
    *(case(f"a state of mailings: «{state}»",
           f"Email;Nom;Prénom;Status / b@x.example;Roy;Ann;{state} / c@x.example;Roy;Zoé;Subscribed / d@x.example;Roy;Max;complained",
           wanted, "mail_refused=", REFUSES, unsaid={"asked:3"})
      for state, wanted in STATES),
    *(case(f"a state that may refuse: «{state}», {answer}",
           f"Email;Nom;Prénom;Status / b@x.example;Roy;Ann;{state} / c@x.example;Roy;Zoé;Subscribed",
           wanted, "mail_refused=", answers=answers, **more)
      for state in UNSURE_STATES
      for answer, wanted, answers, more in (
          ("asked", REFUSES, {}, {"said": {"asked:3", "refusal_unsure"}}),
          ("answered yes", REFUSES, {"3": "refused"}, {"unsaid": {"asked:3", "refusal_unsure"}}),
          ("answered no", "mail_refused=", {"3": "none"}, {"unsaid": {"asked:3", "refusal_unsure"}}),
      )),
    *(case(f"a remark that says so: «{words}»", f"Nom;Prénom;Remarques / Roy;Ann;{words}",
           "mail_refused=", said={"asked:2", "refusal_unread"}) for words in SAID),
    *(case(f"a remark about something else: «{words}»", f"Nom;Prénom;Remarques / Roy;Ann;{words}",
           "mail_refused=", unsaid={"asked:2", "refusal_unread"}) for words in UNSAID),
    case("a refusal at the end of a long remark", f"Nom;Prénom;Remarques / Roy;Ann;{'Adhérente fidèle. ' * 30}Ne plus contacter.",
         "mail_refused=", said={"asked:2", "refusal_unread"}),
    *(case(f"no refusal in a column of refusals: «{cell}»", _row("Désabonné", cell), NOT,
           unsaid={"asked:3", "refusal_read"}) for cell in NO_REFUSALS),
    *(case(f"a refusal in a column of refusals: «{cell}»", _row("Désabonné", cell), REFUSES,
           said={"refusal_read"}, unsaid={"asked:3", "refusal_unsure"}) for cell in SURE),
    case("an unknown word in a column of refusals is asked about", _row("Désabonné", "voir Paul"), REFUSES,
         said={"asked:3", "refusal_unsure"}),
    case("an unknown word in a column of refusals, answered no", _row("Désabonné", "voir Paul"), NOT,
         unsaid={"asked:3", "refusal_unsure", "refusal_read"}, answers={"3": "none"}),
    case("a known word holds though unknown ones are none",
         "Nom;Prénom;Désabonné / Roy;Ann;voir Paul / Blais;Zoé;oui", NOT, REFUSES, answers={"2": "none"}),
    case("a state among the account's own is asked about",
         "Nom;Prénom;Statut / Roy;Ann;Prospect / Blais;Zoé;Désabonné / Côté;Max;Membre",
         "status=Prospect | mail_refused=", "mail_refused=", "status=Membre", said={"asked:2", "refusal_unread"}),
    case("a state that is a refusal, once answered",
         "Nom;Prénom;Statut / Roy;Ann;Prospect / Blais;Zoé;Désabonné / Côté;Max;Membre",
         "mail_refused=", REFUSES, "mail_refused=", said={"refusal_read"}, unsaid={"asked:2"}, answers={"2": "refused"}),
    case("a note that says so is asked about",
         "Nom;Prénom;Remarques / Roy;Ann;a déménagé, ne plus contacter",
         "notes=a déménagé, ne plus contacter | mail_refused=", said={"asked:2", "refusal_unread"}),
    case("a note that says so, once answered",
         "Nom;Prénom;Remarques / Roy;Ann;a déménagé, ne plus contacter",
         "notes=a déménagé, ne plus contacter | mail_refused=True", answers={"2": "refused"}),
    case("a note that says so, answered no",
         "Nom;Prénom;Remarques / Roy;Ann;ne plus contacter le père",
         "mail_refused=", unsaid={"asked:2", "refusal_unread"}, answers={"2": "none"}),
    case("a tag that says so is asked about",
         "Nom;Prénom;Tags / Roy;Ann;Presse, désabonnée", "tags=Presse,désabonnée", said={"asked:2"}),
    case("consent in general is asked about",
         "Nom;Prénom;Consentement / Roy;Ann;Non", "mail_refused=", said={"asked:2"}),
    case("an ignored column that says so is asked about",
         "Nom;Prénom;Zorglub / Roy;Ann;refuse les mails / Blais;Zoé;aime le vélo", "mail_refused=", "mail_refused=", said={"asked:2", "refusal_unread"}),
    case("by post or by e-mail is asked",
         "First Name,Last Name,Do Not Mail / Ann,Roy,1", "mail_refused=", said={"asked:2"}),
    case("several reasons in several columns",
         "Nom;Prénom;Désabonné;NPAI / Roy;Ann;0;1 / Blais;Zoé;1;0 / Côté;Max;0;0", REFUSES, REFUSES, NOT),
    case("refused and agreed: the refusal holds",
         "Nom;Prénom;Newsletter;Désabonné / Roy;Ann;oui;oui", REFUSES),
    case("a file of the unsubscribed is asked about",
         "Email;Nom;Prénom / a@x.example;Roy;Ann", "mail_refused=", said={"asked:file"}, name="désabonnés_2026.csv"),
    case("a file of the unsubscribed, answered",
         "Email;Nom;Prénom / a@x.example;Roy;Ann", REFUSES, name="unsubscribed_members_export.csv", answers={"file": "refused"}),
    case("a file of bounces, answered no",
         "Email;Nom;Prénom / a@x.example;Roy;Ann", "mail_refused=", name="NPAI.csv", answers={"file": "none"}, unsaid={"asked:file"}),
    case("a usual file asks nothing",
         "Email;Nom;Prénom;Tags;Notes / a@x.example;Roy;Ann;Presse;aime le vélo", "mail_refused=",
         unsaid={"asked:file", "asked:3", "asked:4", "refusal_unread"}, name="membres.csv"),
]  # fmt: skip
