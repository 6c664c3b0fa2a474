/* sql.c - SQL and its dialects. */
#include "highlight/language.h"

extern const inc_language inc_language_sql;
const inc_language inc_language_sql = {
    .names = "sql postgresql postgres pgsql plpgsql psql sqlite mysql mariadb tsql plsql duckdb",
    .keywords =
        "add all alter analyze and any as asc authorization begin between by cascade case check collate column commit conflict constraint "
        "create cross cube current database declare default delete desc distinct do drop each else elsif end escape except exception "
        "execute exists explain fetch filter first following for foreign from full function grant group having if ignore immediate in "
        "index inner insert instead intersect into is isolation join key last lateral left level like limit lock loop materialized "
        "natural next no not of offset on only or order outer over partition plan pragma preceding primary procedure raise range "
        "recursive references release rename replace restrict return returning returns revoke right rollback rollup row rows savepoint "
        "schema select sequence set some table tablespace temp temporary then to transaction trigger truncate unbounded union unique "
        "update using vacuum values view virtual when where while window with without work",
    .types =
        "bigint bigserial binary bit blob boolean bytea char character date datetime decimal double float int integer interval json jsonb "
        "numeric precision real serial smallint text time timestamp timestamptz tinyint uuid varchar varying zone",
    .literals = "false null true unknown",
    .built_ins =
        "abs avg cast ceil coalesce concat count current_date current_timestamp dense_rank extract floor greatest ifnull lag lead least "
        "length lower lpad max min now nullif rank round row_number string_agg substr substring sum trim upper",
    .line_comments = {"--"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"'", "'", .flags = INC_STRING_LINES | INC_STRING_DOUBLED},
                {"\"", "\"", .flags = INC_STRING_DOUBLED},
                {"`", "`", .flags = 0},
                {"$$", "$$", .flags = INC_STRING_LINES}},
    .flags = INC_LANGUAGE_NO_CASE,
};
