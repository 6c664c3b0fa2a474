/* proto.c - Protocol Buffers. */
#include "highlight/language.h"

extern const inc_language inc_language_proto;
const inc_language inc_language_proto = {
    .names = "protobuf proto proto3",
    .introducers = "rpc",
    .keywords =
        "edition enum export extend extensions group import local map max message oneof option optional package public repeated required "
        "reserved returns service stream syntax to weak",
    .types = "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
    .literals = "false inf nan true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
