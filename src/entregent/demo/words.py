"""Names, places and functions of fictitious people and organisations; domains end in `.example` (RFC 2606).

Phone numbers come from the ranges reserved for fiction: ARCEP's in France, 555-01xx in North America. Belgium
and Switzerland reserve none, so people there have no phone.
"""

from typing import NamedTuple

from entregent.kernel.text import fold


class Town(NamedTuple):
    """A town. `phone`: the first digits of its phone numbers; the rest is random."""

    city: str
    postal_code: str
    province: str
    country: str
    phone: str


def of(name: str) -> str:
    """Return the name of a town after a noun: «de Lyon», «d’Annecy»."""
    if name.startswith("Lac-"):
        return f"du {name}"
    return f"d’{name}" if fold(name)[0] in "aeiouhy" else f"de {name}"


WOMEN = (
    "Adèle Agathe Aïcha Albane Alice Amélie Anaïs Anne-Sophie Apolline Audrey Aurore Béatrice Bérénice Camille "
    "Capucine Catherine Céline Chantal Charlotte Claire Clémence Colette Danielle Delphine Diane Édith Élise "
    "Éloïse Emma Estelle Eugénie Ève Fatou Françoise Gaëlle Geneviève Gisèle Hélène Inès Isabelle Jeanne Joëlle "
    "Josée Judith Julie Karine Laurence Léonie Line Louise Lucie Maëlle Manon Margaux Marie-Claude Marie-Ève "
    "Marthe Mathilde Mélanie Mireille Nadège Nathalie Noémie Nour Océane Odile Pascale Rachida Régine Roxane "
    "Sandrine Ségolène Simone Solange Sophie Suzanne Sylvie Thérèse Valérie Véronique Violette Yasmine Zoé"
).split()
MEN = (
    "Adrien Alain Alexis Amadou Anatole André Antoine Armand Arthur Augustin Baptiste Basile Benoît Bertrand "
    "Bruno Cédric Charles Christophe Clément Côme Damien David Denis Didier Édouard Élie Émile Éric Étienne "
    "Fabrice Félix Fernand François Gabriel Gaël Georges Gérard Gilles Grégoire Guillaume Guy Henri Hugo Ibrahim "
    "Jacques Jean-Baptiste Jean-François Jérôme Joël Jonas Joseph Julien Karim Laurent Léon Loïc Luc Malik Marc "
    "Martin Mathieu Maurice Michel Moussa Nicolas Noé Octave Olivier Pascal Patrice Paul Philippe Pierre-Luc "
    "Quentin Rachid Raphaël Rémi René Robin Romain Samuel Sébastien Serge Simon Stéphane Théo Thibault Thomas "
    "Tristan Ulysse Victor Vincent Xavier Yann Yves Zacharie"
).split()
LAST_NAMES = (
    "Abadie,Achard,Aubert,Audet,Bailly,Barbier,Baudry,Beaulieu,Beauséjour,Bédard,Bélanger,Benoît,Bergeron,"
    "Berthelot,Besson,Blanchet,Boisvert,Bonnet,Bouchard,Bourdages,Bourgeois,Boutin,Brassard,Brunet,Caron,"
    "Carpentier,Castonguay,Charbonneau,Charpentier,Chauvin,Chevalier,Colin,Collard,Cormier,Côté,Courtois,"
    "Cyr,d’Amours,d’Hauteville,Dallaire,Daneau,de La Tour,Delaunay,Delorme,Demers,Deschamps,Desrosiers,Diallo,"
    "Dionne,Doucet,Drapeau,Dubois,Duchesne,Dufresne,Dumoulin,Durocher,El Amrani,Fabre,Faucher,Ferland,Fillion,"
    "Fleury,Fontaine,Forestier,Fortin,Fournier,Gagnon,Gaillard,Garnier,Gaudreau,Gauthier,Gendron,Germain,"
    "Girard,Giroux,Gosselin,Grandjean,Grenier,Guérin,Guilbault,Hamel,Hébert,Houde,Huard,Jacquemin,Jacquet,"
    "Joly,Jourdain,Labbé,Lacasse,Lachance,Laflamme,Lafontaine,Lagacé,Lambert,Landry,Langlois,Laplante,"
    "Laroche,Larue,Lavoie,Le Gall,Le Goff,Leblanc,Lebrun,Leclerc,Lefort,Lemieux,Lepage,Levasseur,L’Heureux,"
    "Maheu,Mailhot,Maillard,Marchand,Marceau,Mercier,Meunier,Monnier,Morel,Morin,Moulin,Nadeau,Ndiaye,"
    "Normand,Ouellet,Pagé,Paquette,Paradis,Parent,Pelletier,Perrault,Perreault,Perret,Pichon,Plante,Poirier,"
    "Poulin,Prévost,Prud’homme,Racine,Renard,Renaud,Richer,Rivard,Rivière,Robitaille,Rochefort,Rousseau,"
    "Rousselle,Roy,Saint-Amand,Saint-Cyr,Savard,Sauvage,Simard,St-Laurent,St-Pierre,Sylvain,Tessier,Thibodeau,"
    "Tisserand,Toussaint,Traoré,Tremblay,Trottier,Turcotte,Vaillancourt,Vallée,Verdier,Verreault,Vidal,"
    "Villeneuve,Vincent,Zimmermann"
).split(",")

FRANCE = [
    Town("Saint-Aubin-du-Lac", "74290", "Haute-Savoie", "FR", "04 65 71"),
    Town("Montclair-sur-Ève", "73310", "Savoie", "FR", "04 65 71"),
    Town("Annecy", "74000", "Haute-Savoie", "FR", "04 65 71"),
    Town("Aix-les-Bains", "73100", "Savoie", "FR", "04 65 71"),
    Town("Chambéry", "73000", "Savoie", "FR", "04 65 71"),
    Town("Thonon-les-Bains", "74200", "Haute-Savoie", "FR", "04 65 71"),
    Town("Grenoble", "38000", "Isère", "FR", "04 65 71"),
    Town("Crest", "26400", "Drôme", "FR", "04 65 71"),
    Town("Bourg-en-Bresse", "01000", "Ain", "FR", "04 65 71"),
    Town("Lyon", "69003", "Rhône", "FR", "04 65 71"),
    Town("Marseille", "13002", "Bouches-du-Rhône", "FR", "04 65 71"),
    Town("Gérardmer", "88400", "Vosges", "FR", "03 53 01"),
    Town("Besançon", "25000", "Doubs", "FR", "03 53 01"),
    Town("Strasbourg", "67000", "Bas-Rhin", "FR", "03 53 01"),
    Town("L’Haÿ-les-Roses", "94240", "Val-de-Marne", "FR", "01 99 00"),
    Town("Paris", "75011", "Paris", "FR", "01 99 00"),
    Town("Rennes", "35000", "Ille-et-Vilaine", "FR", "02 61 91"),
    Town("Nantes", "44000", "Loire-Atlantique", "FR", "02 61 91"),
    Town("Saint-Brieuc", "22000", "Côtes-d’Armor", "FR", "02 61 91"),
    Town("Bordeaux", "33000", "Gironde", "FR", "05 36 49"),
    Town("Biscarrosse", "40600", "Landes", "FR", "05 36 49"),
    Town("Toulouse", "31000", "Haute-Garonne", "FR", "05 36 49"),
]
QUEBEC = [
    Town("Montréal", "H2X 1Y4", "Québec", "CA", "514 555-01"),
    Town("Québec", "G1R 4P5", "Québec", "CA", "418 555-01"),
    Town("Magog", "J1X 3W5", "Québec", "CA", "819 555-01"),
    Town("Sherbrooke", "J1H 5B3", "Québec", "CA", "819 555-01"),
    Town("Saguenay", "G7H 1R4", "Québec", "CA", "418 555-01"),
    Town("Rimouski", "G5L 1Y9", "Québec", "CA", "418 555-01"),
    Town("Trois-Rivières", "G9A 2T3", "Québec", "CA", "819 555-01"),
    Town("Sainte-Adèle", "J8B 2N1", "Québec", "CA", "450 555-01"),
    Town("Lac-aux-Hérons", "J0E 2K0", "Québec", "CA", "450 555-01"),
]
BELGIUM = [Town("Namur", "5000", "Namur", "BE", ""), Town("Liège", "4000", "Liège", "BE", "")]
SWITZERLAND = [Town("Lausanne", "1003", "Vaud", "CH", ""), Town("Neuchâtel", "2000", "Neuchâtel", "CH", "")]
MOBILE, LANDLINE = "06 39 98", "04 65 71"

STREETS = (
    "rue des Églises,rue du Lac,chemin des Roselières,avenue de la Gare,quai des Brumes,place du Marché,"
    "rue de l’Écluse,allée des Tilleuls,chemin du Vieux-Moulin,rue des Tanneurs,boulevard des Alpes,"
    "impasse des Martinets,rue du Four-à-Pain,montée de la Chapelle,rue Haute,rue des Bateliers,"
    "chemin de la Grève,place de la Fontaine,rue du Port,avenue des Sources"
).split(",")

FUNCTIONS = {
    "public": (
        "Président|Présidente",
        "Vice-président|Vice-présidente",
        "Délégué de la commune|Déléguée de la commune",
        "Directeur général des services|Directrice générale des services",
        "Chargé de mission|Chargée de mission",
    ),
    "press": (
        "Rédacteur en chef|Rédactrice en chef",
        "Journaliste|Journaliste",
        "Photographe|Photographe",
        "Chef d’édition|Cheffe d’édition",
    ),
    "association": (
        "Président|Présidente",
        "Trésorier|Trésorière",
        "Secrétaire|Secrétaire",
        "Bénévole|Bénévole",
        "Administrateur|Administratrice",
    ),
    "company": (
        "Directeur|Directrice",
        "Responsable des achats|Responsable des achats",
        "Comptable|Comptable",
        "Chargé de projet|Chargée de projet",
        "Assistant de direction|Assistante de direction",
    ),
    "school": (
        "Proviseur|Proviseure",
        "Professeur de géographie|Professeure de géographie",
        "Responsable de la vie scolaire|Responsable de la vie scolaire",
        "Documentaliste|Documentaliste",
    ),
}
"""Kind of body → its functions, "masculine|feminine". No mayors: a real town has a real one."""

BODIES = (
    ("association", "Club nautique {of}"),
    ("public", "Syndicat des eaux {of}"),
    ("company", "Imprimerie des Brumes, {town}"),
    ("press", "L’Écho {of}"),
    ("association", "Les Pêcheurs réunis {of}"),
    ("school", "Lycée des Roseaux, {town}"),
    ("company", "Coopérative laitière {of}"),
    ("association", "Chœur de l’Œuvre des quais, {town}"),
    ("press", "Radio Rivage, {town}"),
    ("company", "Hôtel des Bains, {town}"),
    ("public", "Office de tourisme {of}"),
    ("company", "Ateliers navals Bellerive, {town}"),
    ("association", "Maison de la nature {of}"),
    ("company", "Librairie du Phare, {town}"),
    ("association", "Fondation pour l’eau vive, {town}"),
    ("company", "Bureau d’études Hydrolac, {town}"),
    ("school", "Collège Saint-Amand, {town}"),
    ("company", "Caisse solidaire {of}"),
)
"""Kind of body, and the pattern of its name, with its town: {town}, or {of} after a noun."""

TAGS = {
    "public": ["Élus", "Partenaire"],
    "press": ["Presse"],
    "association": ["Adhérent", "Bénévole"],
    "company": ["Mécène", "Fournisseur"],
    "school": ["Partenaire"],
}
MORE_TAGS = ["Donateur", "Infolettre", "Fête du lac", "Conseil d’administration", "Sortie au phare"]

NOTES = (
    "Rencontre à la Fête du lac ; souhaite visiter le phare avec sa classe.",
    "Préfère être joint le matin.",
    "Prête un local pour l’assemblée générale.",
    "A proposé de tenir la buvette en août.",
    "Attend notre dossier de presse avant le 15.",
    "Parle aussi italien.\nConnaît bien les berges nord.",
)
