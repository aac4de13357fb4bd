"""The words for refusing and accepting mailings, in headers, cells and names of files; all folded."""

import re
from datetime import date

from .fields import IGNORE

_MAIL = r"(?:e ?mails?|e ?mailings?|mails?|mailings?|courriels?|newsletters?|infolettres?|messages?|campaigns?)"
_REFUSED = (
    rf"(?:{_MAIL}|rgpd|consent\w*|sollicit\w*|demarch\w*|prospect\w*|pub\w*|marketing|envois?|diffusion|news|"
    r"communications?|contact\w*|recevoir|inscri\w*|abonn\w*|infos?|informations?|actualites?|lettres?|bulletins?)"
)
OF_REFUSING = re.compile(
    r"\b(?:unsub\w*|desab(?:o\w*)?|desinscr\w*|(?:black|block) ?list\w*|liste noire|suppression list|"
    r"retir\w* (?:\w+ ){0,4}listes?|opt(?:ed)? ?out\w*|\w*optout|bounce[ds]?|"
    rf"(?:is )?spam\w*|complain\w*|plaintes?|npai|robinson|repoussoir|on hold|hold date|clean time|"
    rf"no bulk|retrait .*consent\w*|refus\w* (?:\w+ ){{0,5}}{_REFUSED}|{_REFUSED} (?:\w+ ){{0,5}}refus\w*|"
    rf"no {_MAIL}|do not {_MAIL}|do not contact|"
    rf"don t {_MAIL}|stop|(?:pas|plus|sans|aucune?) (?:de |d )?(?:newsletters?|infolettres?|e ?mailings?|pub\w*|"
    r"prospection|demarchage|sollicitations?|marketing)|"
    rf"(?:ne|n) (?:\w+ ){{0,2}}(?:pas|plus) .*(?:{_MAIL}|contact\w*|recevoir|envo\w+|ecri\w+|solliciter|demarcher)|"
    r"ne (?:pas|plus) (?:\w+ )?(?:contacter|ecrire|envoyer|solliciter|relancer|demarcher|mailer)|oppos\w+|"
    rf"(?:excluded|exclu\w*|exclusion) .*{_MAIL}|invalid {_MAIL}|{_MAIL} (?:address )?(?:is )?invalide?|"
    rf"adresse {_MAIL} est (?:desactivee|invalide))\b|"
    r"^(?:(?:a|dates?|motifs?|raisons?|de|d|du|le|un) )*refus\w*$"
)
OF_WANTING = re.compile(
    r"\b(?:newsletters?|infolettres?|lettres? (?:d )?infos?\w*|opt ?in|double opt ?in|use for bulk mail|"
    rf"(?:accept\w*|souhait\w*|recevoir|autoris\w*|consent\w*|abonn\w*|inscri\w*|agree\w*|subscri\w*|d accord) .*"
    rf"(?:{_MAIL}|actualites?|informations?|communications?|offres?|lettre)|"
    rf"{_MAIL} (?:consent\w*|opt ?in|permission|accepte\w*|autorise\w*)|marketing consent\w*)\b"
)
PERHAPS = re.compile(
    r"\b(?:rgpd|gdpr|consent\w*|bloque\w*|contactable|mailable|prospection|exclu\w*|liste rouge|"
    r"(?<!\bn )(?<!numero )(?<!numero d )(?<!code )abonne[es]*|"
    r"(?:a|to) (?:supprimer|retirer|enlever|remove|delete))\b"
)
SURELY_WANTING = re.compile(
    rf"(?>\b(?:oui non|o n|yes no|y n|use for bulk mail|{_MAIL}|lettres?|infos?|informations?|actus?|actualites?|"
    r"communications?|offres?|marketing|electroniques?|opt ?in|double|souhait\w*|veu(?:t|x)|desire\w*|accept\w*|"
    r"autoris\w*|consent\w*|d accord|accords?|inscri\w*|abonn\w*|agree\w*|subscri\w*|reco\w*|recev\w+|receiv\w+|"
    r"permission|date|heure|time|statut|etat|status|mensuel\w*|hebdo\w*|trimestriel\w*|a|au|aux|le|la|les|l|de|du|"
    r"des|d|par|pour|en|e|j|je|nos|notre|votre|the|to|by|for|our|of|s|est|is|has|et|and|ou|or)\b\s*)+"
)
"""Whole headers of those who want mailings; what any other word beside makes of one is asked."""
_NOUNS = (
    rf"{_MAIL}|publipostages?|contact(?:er|able|s)?|communications?|diffusion|bulletins?|gazettes?|journal|magazines?|"
    r"revues?|pub(?:s|licite\w*)?|marketing|demarchage|prospection|sollicit\w+|joignable|news"
)
ABOUT_MAIL = re.compile(rf"\b(?:{_NOUNS})\b")
"""Headers that are about mailings if their cells are a yes or a no: Envoi mail, Communication."""
_NEWS = (
    r"(?:infos?|informations?|nouvelles|actus?|actualites?|offres?|lettres?|courriers?|invitations?|alertes?|"
    r"notifications?|promotions?|updates|campagnes?|inviter|ecrire|envois?|envoyer)"
)
_TO_BE = r"(?:contacte\w*|informe\w*|sollicite\w*|invite\w*|relance\w*|demarche\w*)"
WISHING = re.compile(
    rf"\b(?:souhait\w*|veu(?:t|x|lent)|voul\w+|voudr\w+|desir\w+|accept\w*|autoris\w*|consent\w*|d accord|"
    rf"agree\w*|wants?|wish\w*|allow\w*|permission|reco\w*|recev\w+|receiv\w+) .*\b(?:{_NOUNS}|{_NEWS}|{_TO_BE})\b"
)
"""Headers that are about mailings unless their cells are something else: Souhaite être contacté."""
ACCORD = re.compile(
    rf"(?:.*\b(?:accord|ok|envo(?:i|is|yer)|inscri\w*|abonn\w*|subscri\w*|send) (?:.* )?{_NEWS}|{_NEWS} (?:.* )?ok|"
    rf".*\b(?:pas|sans|plus|aucune?|no) (?:de |d )?{_NEWS}|{_NEWS}(?: partenaires?)?|accord|ok|"
    r"autoris\w*|accept\w*|permission|.*\babonn\w*)"
)
"""Whole headers that are about mailings if their cells are a yes or a no: Infos, Envoi des nouvelles."""
ADDRESSES = re.compile(rf"(?:adresses? )?{_MAIL}(?: (?:adresse?s?|\d|pro\w*|perso\w*|principale?s?|secondaire))?")
"""Whole headers of addresses, whose cells may say that there is none."""
MAILBOXES = re.compile(r"(?:e ?mails?|mails?|courriels?)(?: (?:\d|pro\w*|perso\w*))?")
"""Those whose crosses say that there is one."""
DONE = re.compile(
    r"\b(?:envoyee?s?|sent|recue?s?|ouverte?s?|opened|cliquee?s?|clicked|verifiee?s?|verified|urgence|emergency|"
    r"nombre|nb|number|count|total|montant|ids?|codes?|label|formulaire|"
    r"statut (?:\w+ )?diffusion|contacts? (?:principal\w*|facturation|techniques?|referente?s?|presse|commercia\w+)|"
    r"(?:dernier|premier|prochain)s? contacts?|bulletins? d (?:adhesion|inscription)|"
    rf"a une? (?:adresse )?{_MAIL}|{_MAIL} valide\w*|"
    r"(?:n|numero|types?|debut|fin|duree|formule|tarif) (?:d |de l )?abonn\w*)\b|^(?:ok|revues?|courriers?)$"
)
"""Words of headers about what was done rather than wanted, and about numbers."""
# Not about writing to them, or not about permission.
OTHERS = re.compile(
    r"\b(?:sms|phone\w*|telephone\w*|call|appeler|fax\w*|trade|opt ?in (?:time|ip)|confirm (?:time|ip)|"
    r"marketing contact status|is opt ?in pending|critere de diffusion|image)\b|^do not mail$|\bpostal\w*\b"
)
PHONES = re.compile(r"(?:(?:tele)?phones?|portables?|mobiles?)(?: (?:\d|pro\w*|perso\w*|fixe|mobile|portable))?")
"""Whole headings of phones, whose cells may speak of writing too."""
_TO_WRITE = (
    r"(?:contacter|ecrire|envoyer|solliciter|relancer|demarcher|prospecter|mailer|recevoir|s?abonner|envois?|"
    r"e ?mailings?|mailings?|newsletters?|infolettres?|liste de diffusion|abonne[es]*|"
    r"etre (?:\w+ )?(?:contact|sollicit|relanc|demarch|prospect|abonn|mail|derang)e[es]*|etre (?:\w+ )?inscrite?s?)"
)
_WRITINGS = (
    r"(?:e ?mail\w*|mail\w*|courriel\w*|newsletters?|infolettres?|lettres? d info\w*|envois?|communications?|pub\w*|"
    r"prospection\w*|demarchage\w*|sollicitations?)"
)
_NONE = r"(?:pas|plus|aucune?|rien|jamais)"
WORDS = re.compile(
    r"\b(?:unsubscribed?|desab(?:o\w*)?|desinscr\w*|(?:black|block) ?listed?|liste noire|suppression list|"
    r"(?:soft |hard )?bounced?|opt(?:ed)? ?out|npai|cleaned|spam|complain\w*|plaintes?|trop d erreurs|"
    rf"(?:ne|n) (?:\w+ ){{0,3}}{_NONE} (?!(?:encore|pu|ete|recu|oubli\w+|hesit\w+|manqu\w+) )"
    rf"(?:\w+ ){{0,3}}{_TO_WRITE}|"
    r"ne (?:pas|plus) (?:\w+ )?contacte[es]*|"
    rf"(?:ne|n) (?:\w+ ){{0,2}}(?:veu\w+|voul\w+|souhait\w+|desir\w+|accept\w+|autoris\w+|consen\w+) {_NONE} "
    rf"(?:\w+ ){{0,3}}{_WRITINGS}|"
    rf"(?<!a )(?<!ai )(?<!ont )plus (?:de |d |aucune? )(?:\w+ )?{_WRITINGS}|"
    r"pas de (?:newsletters?|pub\w*|prospection|demarchage|sollicitations?|infolettres?|mails|courriels|"
    r"e ?mailings?)|"
    r"(?:retrait|retir\w+|retract\w+|revo\w+|sans|pas|refus\w*) (?:de |du |d )?(?:le |la |son |leur )?consent\w+|"
    r"consent\w+ (?:est |ete |was |has been )*(?:retir\w+|revo\w+|withdrawn|refus\w+)|"
    r"(?:no|withd\w+|revo\w+) (?:of |his |her |their )?consent|droit (?:a l oubli|d opposition)|"
    r"(?:retir\w+|enlev\w+|supprim\w+) de (?:la |notre |nos |toute\w* )+(?:\w+ )?(?:listes?|mailings?|newsletters?)|"
    r"(?:doesn t|does not|don t|no longer) (?:want\w*|wish\w*) (?:\w+ ){0,3}(?:receive|contact\w*|e ?mail\w*|"
    r"newsletters?)|"
    r"no (?:more |further )(?:e ?mails?|mailings?|newsletters?)|remove\w* from (?:\w+ ){0,2}list|"
    r"refuse (?:tout |toute |les |la |nos |d etre )?(?:\w+ )?(?:(?:e ?)?mails?|courriels?|envois?|newsletter|"
    r"contacte\w*|prospection|e ?mailings?)|"
    r"stop (?:mails?|pub|courriels?|e ?mails?|newsletter)|(?:do not|don t) (?:e ?mail|contact|write)|"
    r"oppos[eé] \w+|listes? d opposition|"
    r"(?<!\bl )(?<!\bd )opposition(?! (?:municipale|politique|syndicale|departementale|regionale)))\b"
)
POLITICAL = re.compile(r"\b(?:groupes?|politiques?|partis?|nuances?|fonctions?|mandats?|majorite)\b")
"""Headers whose cells name the opposition of an assembly."""
MAY_SAY = (
    "unsub", "desab", "sinscr", "blackl", "blockl", "black l", "block l", "noire", "suppression l",
    "bounce", "opt", "npai", "cleaned", "spam", "plain", "trop d",
    "pas ", "plus ", "aucun", "rien ", "jamais ", "consent", "oubli", "list", "mailing", "newsletter", "longer",
    "doesn t", "does not", "don t", "do not", "no more", "no further", "refus", "stop", "oppos", "confirm", "cancel",
    "invalid", "non ", "not ",
)  # fmt: skip
"""Parts of all words that ``says`` knows, for one quick look."""
NEGATED = re.compile(
    r"\b(?:non|pas|not|never|jamais|sans|aucune?|no) (?:de |d |encore |yet |ete |been )*"
    r"(?:desab(?:o\w*)?|desinscr\w*|oppos\w+|unsubscribed?|bounce[ds]?|blacklist\w*|plaintes?|complain\w*|spam|"
    r"refus\w*|opt(?:ed)? ?out|npai)\b|\bne s oppose pas\b"
)
BREAKS = re.compile(r"[,;:.!?()\[\]/|\n]+|\s[-–—]+\s")
STATES = re.compile(
    r"(?:un)?subscribed|active|actif|active|abonne[es]*|inscrit[es]*|(?:un)?confirmed|pending|cleaned|cancell?ed|"
    r"bounced|complained|archived|archive[es]*|(?:in|non )acti(?:f|ve|fs|ves)|en attente|valide|invalide|ok|"
    r"transactional|(?:non|not) subscribed"
)
MAY_BE_STATES = frozenset({"", IGNORE, "status"})
NOT_STATES = frozenset("unconfirmed cancelled canceled invalide invalid".split()) | {
    "non subscribed",
    "not subscribed",
}
OF_MAILINGS = frozenset("subscribed abonne abonnee abonnes transactional".split())
NO = frozenset("non no n false faux 0 none aucun aucune jamais never off null 0 0 00 normal ok ras".split())
SUBSCRIBED = frozenset("subscribed abonne abonnee inscrit inscrite actif active valid valide".split())
CONSENTING = SUBSCRIBED | frozenset("abonnes abonnees inscrits inscrites confirmed confirme confirmee ok".split())
YES = frozenset(
    "oui yes y o true vrai 1 x on ok abonne abonnee inscrit inscrite subscribed active actif accepte acceptee "
    "volontiers".split()
) | {"d accord", "oui merci"}
ANSWERS = YES | NO | frozenset("ko refuse refusee refus accord desaccord nan jamais hs".split()) | {"pas d accord"}
"""What cells of a column of answers say: a yes, a no."""
NOES = frozenset("non no jamais never ko hs pas refus refuse refusee inactif inactive".split())
BEGIN_ANSWERS = ("oui ", "non ", "ok ", "yes ", "no ")
SAYING = frozenset({"en attente", "pas de mail", "pas de courriel", "pas d email"})
"""Words that say nothing in other columns."""
CACHED = 200
NO_DAYS = {date(1970, 1, 1), date(1900, 1, 1)}
"""Days that programs write for no day."""
TIME = re.compile(
    r"[T\s]+\d{1,2}[:h]\d{0,2}(?::\d{2})?(?:[.,]\d+)?\s*(?:am|pm|z|utc|gmt|[+-]\d{2}:?\d{0,2})?", re.IGNORECASE
)
ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+")
REASONS = re.compile(r"\b(?:bounce\w*|reasons?|raisons?|motifs?|causes?|types?|spam\w*)\b")
FILES = re.compile(
    r"\b(?:unsubscribed?|unsubscribes?|cleaned|desab(?:o\w*)?|desinscr\w*|npai|plaintes?|complaints?|(?:black|block)list\w*|"
    r"liste (?:noire|rouge|d exclusion)|exclusions?|bounces?|bounced|opt ?outs?|repoussoir|oppositions?|stop)\b"
)
