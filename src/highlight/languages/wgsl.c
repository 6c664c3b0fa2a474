/* wgsl.c - WGSL, the shading language of WebGPU. */
#include "highlight/language.h"

extern const inc_language inc_language_wgsl;
const inc_language inc_language_wgsl = {
    .names = "wgsl",
    .introducers = "fn",
    .keywords =
        "alias break case const const_assert continue continuing default diagnostic discard else enable for if let loop override requires "
        "return struct switch var while",
    .types =
        "array atomic bool f16 f32 i32 mat2x2f mat3x3f mat4x4f ptr sampler sampler_comparison texture_2d texture_3d texture_cube "
        "texture_storage_2d u32 vec2 vec2f vec2u vec3 vec3f vec3u vec4 vec4f vec4u",
    .literals = "false true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
