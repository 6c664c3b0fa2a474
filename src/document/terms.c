/* terms.c - one table of words. */
#include "document/terms.h"

#define FACES "Source Serif 4, Source Sans 3"
#define MONO "Iosevka Charon Mono"

static const inc_terms table[] = {
    {"en", {"Figure", "Table", "Listing"}, {"List of figures", "List of tables", "List of listings"},
     "Part", "Chapter", "Section", "Contents", "Index", "see", "see also",
     {"Note", "Tip", "Important", "Warning", "Caution"}, "Set in " FACES " and " MONO " by incipit.", "Edition", "print",
     "Set by incipit.", "page", "Symbols", "Links", "Footnote", "Details", false},
    {"cs", {"Obrázek", "Tabulka", "Výpis"}, {"Seznam obrázků", "Seznam tabulek", "Seznam výpisů"},
     "Část", "Kapitola", "Oddíl", "Obsah", "Rejstřík", "viz", "viz též",
     {"Poznámka", "Tip", "Důležité", "Varování", "Pozor"}, "Vysázeno písmy " FACES " a " MONO " programem incipit.", "Vydání", "tištěná kniha",
     "Vysázeno programem incipit.", "strana", "Symboly", "Odkazy", "Poznámka pod čarou", "Podrobnosti", false},
    {"da", {"Figur", "Tabel", "Kodeeksempel"}, {"Figurer", "Tabeller", "Kodeeksempler"},
     "Del", "Kapitel", "Afsnit", "Indhold", "Register", "se", "se også",
     {"Bemærk", "Tip", "Vigtigt", "Advarsel", "Forsigtig"}, "Sat med " FACES " og " MONO " af incipit.", "Udgave", "trykt bog",
     "Sat med incipit.", "side", "Symboler", "Links", "Fodnote", "Detaljer", false},
    {"de", {"Abbildung", "Tabelle", "Listing"}, {"Abbildungsverzeichnis", "Tabellenverzeichnis", "Verzeichnis der Listings"},
     "Teil", "Kapitel", "Abschnitt", "Inhalt", "Register", "siehe", "siehe auch",
     {"Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"}, "Gesetzt aus " FACES " und " MONO " mit incipit.", "Auflage", "gedruckt",
     "Gesetzt mit incipit.", "Seite", "Symbole", "Links", "Fußnote", "Details", false},
    {"es", {"Figura", "Tabla", "Listado"}, {"Índice de figuras", "Índice de tablas", "Índice de listados"},
     "Parte", "Capítulo", "Sección", "Índice", "Índice alfabético", "véase", "véase también",
     {"Nota", "Consejo", "Importante", "Advertencia", "Precaución"}, "Compuesto en " FACES " y " MONO " con incipit.", "Edición", "impreso",
     "Compuesto con incipit.", "página", "Símbolos", "Enlaces", "Nota al pie", "Detalles", false},
    {"fi", {"Kuva", "Taulukko", "Listaus"}, {"Kuvat", "Taulukot", "Listaukset"},
     "Osa", "Luku", "Kohta", "Sisällys", "Hakemisto", "katso", "katso myös",
     {"Huomautus", "Vinkki", "Tärkeää", "Varoitus", "Varo"}, "Ladottu kirjaimilla " FACES " ja " MONO " ohjelmalla incipit.", "Painos", "painettu",
     "Ladottu ohjelmalla incipit.", "sivu", "Symbolit", "Linkit", "Alaviite", "Lisätiedot", false},
    {"fr", {"Figure", "Tableau", "Listage"}, {"Table des figures", "Liste des tableaux", "Liste des listages"},
     "Partie", "Chapitre", "Section", "Table des matières", "Index", "voir", "voir aussi",
     {"Note", "Astuce", "Important", "Avertissement", "Attention"}, "Composé en " FACES " et " MONO " avec incipit.", "Édition", "imprimé",
     "Composé avec incipit.", "page", "Symboles", "Liens", "Note", "Détails", false},
    {"hu", {"ábra", "táblázat", "lista"}, {"Ábrák jegyzéke", "Táblázatok jegyzéke", "Listák jegyzéke"},
     "rész", "fejezet", "szakasz", "Tartalom", "Tárgymutató", "lásd", "lásd még",
     {"Megjegyzés", "Tipp", "Fontos", "Figyelmeztetés", "Vigyázat"}, "Betűk: " FACES " és " MONO "; szedés: incipit.", "Kiadás", "nyomtatott",
     "Szedés: incipit.", "oldal", "Jelek", "Hivatkozások", "lábjegyzet", "Részletek", true},
    {"it", {"Figura", "Tabella", "Listato"}, {"Elenco delle figure", "Elenco delle tabelle", "Elenco dei listati"},
     "Parte", "Capitolo", "Sezione", "Indice", "Indice analitico", "vedi", "vedi anche",
     {"Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"}, "Composto in " FACES " e " MONO " con incipit.", "Edizione", "stampa",
     "Composto con incipit.", "pagina", "Simboli", "Collegamenti", "Nota", "Dettagli", false},
    {"nb", {"Figur", "Tabell", "Kodeeksempel"}, {"Figurer", "Tabeller", "Kodeeksempler"},
     "Del", "Kapittel", "Avsnitt", "Innhold", "Register", "se", "se også",
     {"Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"}, "Satt med " FACES " og " MONO " av incipit.", "Utgave", "trykt",
     "Satt med incipit.", "side", "Symboler", "Lenker", "Fotnote", "Detaljer", false},
    {"nl", {"Figuur", "Tabel", "Listing"}, {"Lijst van figuren", "Lijst van tabellen", "Lijst van listings"},
     "Deel", "Hoofdstuk", "Paragraaf", "Inhoud", "Register", "zie", "zie ook",
     {"Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"}, "Gezet in " FACES " en " MONO " met incipit.", "Druk", "gedrukt",
     "Gezet met incipit.", "pagina", "Symbolen", "Links", "Voetnoot", "Details", false},
    {"pl", {"Rysunek", "Tabela", "Listing"}, {"Spis rysunków", "Spis tabel", "Spis listingów"},
     "Część", "Rozdział", "Podrozdział", "Spis treści", "Skorowidz", "zobacz", "zobacz też",
     {"Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Przestroga"}, "Złożono pismami " FACES " i " MONO " programem incipit.", "Wydanie", "druk",
     "Złożono programem incipit.", "strona", "Symbole", "Odsyłacze", "Przypis", "Szczegóły", false},
    {"pt", {"Figura", "Tabela", "Listagem"}, {"Lista de figuras", "Lista de tabelas", "Lista de listagens"},
     "Parte", "Capítulo", "Seção", "Sumário", "Índice remissivo", "ver", "ver também",
     {"Nota", "Dica", "Importante", "Aviso", "Cuidado"}, "Composto em " FACES " e " MONO " com incipit.", "Edição", "impresso",
     "Composto com incipit.", "página", "Símbolos", "Links", "Nota de rodapé", "Detalhes", false},
    {"ru", {"Рисунок", "Таблица", "Листинг"}, {"Список рисунков", "Список таблиц", "Список листингов"},
     "Часть", "Глава", "Раздел", "Содержание", "Предметный указатель", "см.", "см. также",
     {"Примечание", "Совет", "Важно", "Предупреждение", "Осторожно"}, "Набрано шрифтами " FACES " и " MONO " в программе incipit.", "Издание", "печатное издание",
     "Набрано в программе incipit.", "с.", "Символы", "Ссылки", "Сноска", "Подробности", false},
    {"sv", {"Figur", "Tabell", "Listning"}, {"Figurer", "Tabeller", "Listningar"},
     "Del", "Kapitel", "Avsnitt", "Innehåll", "Register", "se", "se även",
     {"Obs", "Tips", "Viktigt", "Varning", "Försiktighet"}, "Satt med " FACES " och " MONO " av incipit.", "Utgåva", "tryckt",
     "Satt med incipit.", "sida", "Symboler", "Länkar", "Fotnot", "Detaljer", false},
    {"uk", {"Рисунок", "Таблиця", "Лістинг"}, {"Перелік рисунків", "Перелік таблиць", "Перелік лістингів"},
     "Частина", "Розділ", "Підрозділ", "Зміст", "Предметний покажчик", "див.", "див. також",
     {"Примітка", "Порада", "Важливо", "Попередження", "Обережно"}, "Набрано шрифтами " FACES " і " MONO " у програмі incipit.", "Видання", "друковане видання",
     "Набрано у програмі incipit.", "с.", "Символи", "Посилання", "Виноска", "Подробиці", false},
};

size_t inc_terms_all(const inc_terms **all)
{
    *all = table;
    return INC_COUNT(table);
}

const inc_terms *inc_terms_of(inc_str language)
{
    inc_str primary = inc_str_cut(&language, '-');
    primary = inc_str_cut(&primary, '_');
    if (inc_str_eq_nocase(primary, INC_STR("no")) || inc_str_eq_nocase(primary, INC_STR("nn")))
        primary = INC_STR("nb");
    for (size_t i = 0; i < INC_COUNT(table); i++)
        if (inc_str_eq_nocase(primary, inc_str_of(table[i].language)))
            return &table[i];
    return &table[0];
}

inc_str inc_terms_numbered(inc_arena *arena, const inc_terms *terms, const char *word, inc_str number)
{
    if (terms->number_first)
        return inc_strf(arena, "%.*s. %s", INC_STR_ARG(number), word);
    return inc_strf(arena, "%s %.*s", word, INC_STR_ARG(number));
}
