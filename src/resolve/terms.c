/* terms.c - one table of words. */
#include "resolve/terms.h"

#define FACES "Source Serif 4, Source Sans 3"
#define MONO "Iosevka Charon Mono"

static const inc_terms table[] = {
    {"en", {"Figure", "Table", "Listing"}, "Part", "Chapter", "Section", "Contents", "Index", "see", "see also",
     {"Note", "Tip", "Important", "Warning", "Caution"}, "Set in " FACES " and " MONO " by incipit.", "Edition", "print", false},
    {"cs", {"Obrázek", "Tabulka", "Výpis"}, "Část", "Kapitola", "Oddíl", "Obsah", "Rejstřík", "viz", "viz též",
     {"Poznámka", "Tip", "Důležité", "Varování", "Pozor"}, "Vysázeno písmy " FACES " a " MONO " programem incipit.", "Vydání", "tištěná kniha", false},
    {"da", {"Figur", "Tabel", "Kodeeksempel"}, "Del", "Kapitel", "Afsnit", "Indhold", "Register", "se", "se også",
     {"Bemærk", "Tip", "Vigtigt", "Advarsel", "Forsigtig"}, "Sat med " FACES " og " MONO " af incipit.", "Udgave", "trykt bog", false},
    {"de", {"Abbildung", "Tabelle", "Listing"}, "Teil", "Kapitel", "Abschnitt", "Inhalt", "Register", "siehe", "siehe auch",
     {"Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"}, "Gesetzt aus " FACES " und " MONO " mit incipit.", "Auflage", "gedruckt", false},
    {"es", {"Figura", "Tabla", "Listado"}, "Parte", "Capítulo", "Sección", "Índice", "Índice alfabético", "véase", "véase también",
     {"Nota", "Consejo", "Importante", "Advertencia", "Precaución"}, "Compuesto en " FACES " y " MONO " con incipit.", "Edición", "impreso", false},
    {"fi", {"Kuva", "Taulukko", "Listaus"}, "Osa", "Luku", "Kohta", "Sisällys", "Hakemisto", "katso", "katso myös",
     {"Huomautus", "Vinkki", "Tärkeää", "Varoitus", "Varo"}, "Ladottu kirjaimilla " FACES " ja " MONO " ohjelmalla incipit.", "Painos", "painettu", false},
    {"fr", {"Figure", "Tableau", "Listage"}, "Partie", "Chapitre", "Section", "Table des matières", "Index", "voir", "voir aussi",
     {"Note", "Astuce", "Important", "Avertissement", "Attention"}, "Composé en " FACES " et " MONO " avec incipit.", "Édition", "imprimé", false},
    {"hu", {"ábra", "táblázat", "lista"}, "rész", "fejezet", "szakasz", "Tartalom", "Tárgymutató", "lásd", "lásd még",
     {"Megjegyzés", "Tipp", "Fontos", "Figyelmeztetés", "Vigyázat"}, "Betűk: " FACES " és " MONO "; szedés: incipit.", "Kiadás", "nyomtatott", true},
    {"it", {"Figura", "Tabella", "Listato"}, "Parte", "Capitolo", "Sezione", "Indice", "Indice analitico", "vedi", "vedi anche",
     {"Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"}, "Composto in " FACES " e " MONO " con incipit.", "Edizione", "stampa", false},
    {"nb", {"Figur", "Tabell", "Kodeeksempel"}, "Del", "Kapittel", "Avsnitt", "Innhold", "Register", "se", "se også",
     {"Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"}, "Satt med " FACES " og " MONO " av incipit.", "Utgave", "trykt", false},
    {"nl", {"Figuur", "Tabel", "Listing"}, "Deel", "Hoofdstuk", "Paragraaf", "Inhoud", "Register", "zie", "zie ook",
     {"Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"}, "Gezet in " FACES " en " MONO " met incipit.", "Druk", "gedrukt", false},
    {"pl", {"Rysunek", "Tabela", "Listing"}, "Część", "Rozdział", "Podrozdział", "Spis treści", "Skorowidz", "zobacz", "zobacz też",
     {"Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Przestroga"}, "Złożono pismami " FACES " i " MONO " programem incipit.", "Wydanie", "druk", false},
    {"pt", {"Figura", "Tabela", "Listagem"}, "Parte", "Capítulo", "Seção", "Sumário", "Índice remissivo", "ver", "ver também",
     {"Nota", "Dica", "Importante", "Aviso", "Cuidado"}, "Composto em " FACES " e " MONO " com incipit.", "Edição", "impresso", false},
    {"ru", {"Рисунок", "Таблица", "Листинг"}, "Часть", "Глава", "Раздел", "Содержание", "Предметный указатель", "см.", "см. также",
     {"Примечание", "Совет", "Важно", "Предупреждение", "Осторожно"}, "Набрано шрифтами " FACES " и " MONO " в программе incipit.", "Издание", "печатное издание", false},
    {"sv", {"Figur", "Tabell", "Listning"}, "Del", "Kapitel", "Avsnitt", "Innehåll", "Register", "se", "se även",
     {"Obs", "Tips", "Viktigt", "Varning", "Försiktighet"}, "Satt med " FACES " och " MONO " av incipit.", "Utgåva", "tryckt", false},
    {"uk", {"Рисунок", "Таблиця", "Лістинг"}, "Частина", "Розділ", "Підрозділ", "Зміст", "Предметний покажчик", "див.", "див. також",
     {"Примітка", "Порада", "Важливо", "Попередження", "Обережно"}, "Набрано шрифтами " FACES " і " MONO " у програмі incipit.", "Видання", "друковане видання", false},
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
