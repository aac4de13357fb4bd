"""Headings and cells about mailings in other words: abbreviations, contraries, states, and what only sounds so."""

from .case import case

REFUSES = "mail_refused=True"
REFUSING = """Désabo newsletter=x;Newsletter désabo=x;Désinscr. newsletter=x;Désabo=x;désab.=x;Blocklisted=x;
Suppression list=x;Retirer de la liste=x;Statut=désab.""".replace("\n", "").split(";")
CONTRARY = """Newsletter stoppée=x;Newsletter résiliée=x;Newsletter bloquée=x;Newsletter interdite=x;Newsletter rejetée=x;
Newsletter exclu=x;Newsletter inactive=x;Newsletter KO=x;Newsletter en erreur=x;Newsletter décochée=x;
Résiliation newsletter=x;Blocage newsletter=x;Interdiction newsletter=x;Ex-abonné newsletter=x;
Ancien abonné newsletter=oui;Renonce à la newsletter=oui;Opt-in révoqué=oui;Mail consent revoked=yes;
Date de résiliation newsletter=12/03/2024;À supprimer=x;Statut email=désabo;Commentaire=désabo;
Statut mail=HS""".replace("\n", "").split(";")
WANTING = """Inscrit à l'infolettre=non;Accord pour recevoir la newsletter=non;Date d'inscription à la newsletter=;
Abonné newsletter (oui/non)=non;Consentement e-mail=non;Newsletter mensuelle=non;Opt-in newsletter=0""".replace(
    "\n", ""
).split(";")
USUAL = """Contact principal=oui;Contact facturation=x;Contact technique=oui;Contact référent=oui;Contact presse=x;
A un mail=oui;Mail valide=oui;Bulletin d'adhésion=oui;Revue=x;OK=1;Courrier=x;Dernier contact=oui;E-mail pro=x;Mail=x;
Abonnement=annuel;Abonnement=mensuel;N° abonné=12;N° abonné=1;Type d'abonnement=annuel;Fin d'abonnement=31/12/2026;
Fonction=Chef de l'opposition;Groupe politique=Opposition;Candidature refusée=oui;Don refusé=x;
Remarques=élue d’opposition municipale;Remarques=voir spam@x.example""".replace("\n", "").split(";")
STILL = """Abonné=x;Abonnement=non;Mail=non;Remarques=opposition;Contact mail=non""".split(";")
UNKNOWN = ["Hebdo", "Mensuelle", "oui, par la poste"]


def _row(heading: str, cell: str) -> str:
    return f"Nom|Prénom|Email|{heading} / Roy|Ann|a@x.example|{cell}"


CASES = [
    *(case(f"a refusal in short: {one}", _row(*one.split("=")), REFUSES, unsaid={"asked:3"}) for one in REFUSING),
    *(case(f"may be the contrary: {one}", _row(*one.split("=")), "mail_refused= | email1=", said={"asked:3"})
      for one in CONTRARY),
    *(case(f"an agreement: {one}", _row(*one.split("=")), REFUSES, unsaid={"asked:3"}) for one in WANTING),
    *(case(f"usual: {one}", _row(*one.split("=")), "mail_refused=", unsaid={"asked:3", "refusal_read", "refusal_unread"})
      for one in USUAL),
    *(case(f"still asked about: {one}", _row(*one.split("=")), "mail_refused=", said={"asked:3"}) for one in STILL),
    *(case(f"unknown words of an agreement: {cell}", _row("Newsletter", cell), REFUSES, said={"asked:3", "refusal_unsure"})
      for cell in UNKNOWN),
    *(case(f"unknown words of an agreement, answered: {cell}", _row("Newsletter", cell), "mail_refused=",
           unsaid={"asked:3", "refusal_unsure"}, answers={"3": "none"}) for cell in UNKNOWN),
    *(case(f"a refusal of mailings headed {heading}", _row(heading, "x"), REFUSES, unsaid={"asked:3"})
      for heading in ("Refusé", "Refus", "Date de refus", "A refusé", "Mail refusé", "Refuse d'être contacté")),
    case("states of addresses are no addresses",
         "Nom;Prénom;Email;Statut mail / Roy;Ann;a@x.example;HS / Blais;Zoé;b@x.example;OK",
         "email1= | mail_refused=", "email1= | mail_refused=", said={"asked:3"}),
    case("a refusal in a column of phones or addresses is told",
         "Nom;Prénom;Email;Téléphone;Ville / Roy;Ann;a@x.example;0199001234;Laval / Blais;Zoé;b@x.example;ne plus contacter;Laval",
         "phone=0199001234", "mail_refused=", said={"asked:3", "refusal_unread"}),
    case("a group of mailings is no heading of towns and remarks",
         "Membres;;;Infolettre;; / Nom;Prénom;Email;Accord;Ville;Remarques / Roy;Ann;a@x.example;non;Laval;aime le vélo",
         "last_name=Roy | mail_refused=True | city=Laval | notes=aime le vélo", unsaid={"asked:4", "asked:5"}),
    case("a title about mailings is no heading of names",
         "Abonnés newsletter;;Export du mardi;; / Nom;Prénom;Email;Ville;Remarques / Roy;Ann;a@x.example;Laval;aime le vélo",
         "last_name=Roy | first_name=Ann | email=a@x.example | city=Laval | notes=aime le vélo | mail_refused="),
    case("a group of refusals above a known name of answers",
         "Personne;;Désabonné; / Nom;Prénom;Mail;SMS / Roy;Ann;oui;non / Blais;Zoé;non;non",
         "last_name=Roy | mail_refused=True", "last_name=Blais | mail_refused=False"),
    case("towns beside an organisation without headings are no names",
         "Organisme;Email;; / Mairie de Crest;a@b.example;Crest;Drôme / Mairie de Die;c@b.example;Die;Drôme",
         "last_name= | first_name=", "last_name= | first_name="),
    case("what repeats is no name",
         ";;E-mail / Crest;Drôme;a@x.example / Die;Drôme;b@x.example / Saillans;Drôme;c@x.example / Aouste;Drôme;d@x.example",
         "last_name= | first_name=", "last_name=", "last_name=", "last_name="),
]  # fmt: skip
