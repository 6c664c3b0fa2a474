/* thrift.c - Thrift, Cap'n Proto and other interface definitions. */
#include "highlight/language.h"

extern const inc_language inc_language_thrift;
const inc_language inc_language_thrift = {
    .names = "thrift capnp capnproto idl fbs flatbuffers",
    .keywords =
        "annotation const enum exception extends import include interface namespace oneway optional required root_type service struct "
        "table throws typedef union using",
    .types =
        "Bool Data Float32 Float64 Int16 Int32 Int64 Int8 List Text UInt16 UInt32 UInt64 UInt8 Void binary bool byte double i16 i32 i64 "
        "i8 list map set string void",
    .literals = "false true",
    .line_comments = {"//", "#"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
