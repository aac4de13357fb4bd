"""Dates, encodings, quotes and numbers as people bring them: read right, or said."""

from .case import case, lines

DATES = [
    ("21/11/1980", "1980-11-21"), ("21-11-80", "1980-11-21"), ("1980-11-21", "1980-11-21"), ("21 novembre 1980", "1980-11-21"),
    ("29546", "1980-11-21"), ("5/9/1957", "1957-09-05"),
]  # fmt: skip
NO_DATES = [
    ("--11-21", "birth_year_unknown"), ("21/11", "birth_year_unknown"), ("1604-11-21", "birth_year_unknown"),
    ("21 novembre", "birth_year_unknown"), ("21/11/2980", "birth_year_unknown"), ("21/11/0080", "birth_year_unknown"),
    ("0000-00-00", "placeholder"), ("0/0/00", "placeholder"), ("1901-01-01", "placeholder"),
]  # fmt: skip
WIDE = "Nom;Prénom;Ville"

CASES = [
    *(case(f"a birth date as {text}", f"Nom;Prénom;Date de naissance / Roy;Ann;{text}", f"birth_date={iso}")
      for text, iso in DATES),
    *(case(f"no birth date as {text}", ["Nom;Prénom;Date de naissance", f"Roy;Ann;{text}"], "birth_date= | last_name=Roy", said={code})
      for text, code in NO_DATES),
    case("a birthday without a year is noted", ["Nom;Prénom;Date de naissance", "Roy;Ann;21/11"],
         "notes=Date de naissance: 21/11"),
    case("months first, as other rows show", ["Nom;Prénom;Date de naissance", "Roy;Ann;11/21/1980", "Blais;Zoé;03/04/1990"],
         "birth_date=1980-11-21", "birth_date=1990-03-04"),
    case("a phone that a spreadsheet shortened", "Nom;Prénom;Tél / Roy;Ann;6,40E+08", "phone= | notes=Tél: 6,40E+08",
         said={"number_destroyed"}),
    case("an identifier that a spreadsheet shortened", "SIRET;Nom / 7,33E+13;Dupont SARL", "siret= | notes=SIRET: 7,33E+13",
         said={"number_destroyed"}, kind="organisations"),
    case("a long number with all its digits", "Nom;Prénom;Tél / Roy;Ann;6,39981234E+08", "phone=639981234",
         unsaid={"number_destroyed"}),
    case("a code with an E is no number", "Nom;Prénom;Code membre;Code postal / Roy;Ann;2E10;53000", "last_name=Roy | postal_code=53000",
         unsaid={"number_destroyed"}),
    case("an unclosed quote spoils its row alone", [WIDE, "Roy;Ann;Laval", 'Blais;"Zoé;Laval', "Côté;Max;Bourg"],
         "last_name=Roy | city=Laval", "first_name=", "last_name=Côté | city=Bourg", said={"broken_quote"}),
    case("an unclosed quote that a later one closes", [WIDE, 'Blais;"Zoé;Laval', "Côté;Max;Bourg", 'Roy;"Ann";Laval'],
         "first_name=", "last_name=Côté | first_name=Max", "last_name=Roy | first_name=Ann", said={"broken_quote"}),
    case("an unclosed quote on the last row", [WIDE, "Roy;Ann;Laval", 'Blais;Zoé;"Laval'],
         "last_name=Roy", "city=", said={"broken_quote"}),
    case("two unclosed quotes", [WIDE, '"Roy;Ann;Laval', "Côté;Max;Bourg", '"Blais;Zoé;Laval', "Gagné;Luc;Bourg"],
         "city=", "last_name=Côté", "city=", "last_name=Gagné | city=Bourg", said={"broken_quote"}),
    case("a quote inside a cell is text", [WIDE, 'Roy;Ann "Nina";Laval'], 'first_name=Ann "Nina"', unsaid={"broken_quote"}),
    case("an address of several lines is whole", ["Nom;Prénom;Adresse", 'Roy;Ann;"1 rue A', '53000 Laval"', "Blais;Zoé;2 rue B"],
         "last_name=Roy | postal_code=53000", "last_name=Blais | street=2 rue B", unsaid={"broken_quote"}),
    case("a note of lines that look like rows is one person's",
         ["Nom,Prénom,Notes", 'Roy,Ann,"Appelée lundi.', "Vient avec Paul, Marie, Zoé", 'Fin"'],
         "last_name=Roy | notes=Appelée lundi.\nVient avec Paul, Marie, Zoé\nFin", unsaid={"broken_quote"}),
    case("a byte of Windows in UTF-8", lines(WIDE, "Roy;Ann;Orléans").encode() + "Gagné;Zoé;Bourg\n".encode("cp1252"),
         "city=Orléans", "last_name=Gagné | first_name=Zoé", said={"other_bytes"}),
    case("a file all in Windows-1252", lines(WIDE, "Gagné;Zoé;Orléans").encode("cp1252"),
         "last_name=Gagné | city=Orléans", unsaid={"other_bytes"}),
    case("a byte order mark, and none of its signs in a header", b"\xef\xbb\xbf" + lines(WIDE, "Roy;Ann;Laval").encode(), "last_name=Roy"),
    case("UTF-16 as Excel saves Unicode text", lines("Nom\tPrénom", "Gagné\tZoé").encode("utf-16"), "last_name=Gagné"),
    case("a title and a blank line above the headers", ["Membres de l'association", "", WIDE, "Roy;Ann;Laval", "Blais;Zoé;Bourg"],
         "last_name=Roy", "last_name=Blais"),
    case("sep= above the headers", ["sep=;", WIDE, "Roy;Ann;Laval"], "last_name=Roy | city=Laval"),
    case("LinkedIn's notes above the headers",
         ["Notes:", '"When exporting your connection data, you may notice that some of it is missing."', "",
          "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
          "Ann,Roy,https://x.example/a,,Lac,Trésorière,01 Sep 2026", "Zoé,Blais,https://x.example/b,,Lac,Directrice,02 Sep 2026"],
         "last_name=Roy | function=Trésorière", "last_name=Blais"),
    case("more cells than columns are told", [WIDE, "Roy;Ann;Laval", "Blais;Zoé;Bourg;;;x"], "last_name=Roy", "last_name=Blais"),
    case("control characters go", lines(WIDE, "Ro\x00y;Ann\x07;Laval"), "last_name=Roy | first_name=Ann"),
]  # fmt: skip
