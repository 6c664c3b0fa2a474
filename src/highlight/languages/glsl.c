/* glsl.c - GLSL and HLSL, shading languages. */
#include "highlight/language.h"

extern const inc_language inc_language_glsl;
const inc_language inc_language_glsl = {
    .names = "glsl hlsl vert frag metal",
    .keywords =
        "attribute break buffer case cbuffer centroid const continue default discard do else flat for highp if in inout invariant layout "
        "lowp mediump out patch precision readonly return sample shared smooth static struct subroutine switch uniform varying volatile "
        "while writeonly",
    .types =
        "SamplerState Texture2D bool bvec2 bvec3 bvec4 double dvec2 dvec3 dvec4 float float2 float3 float4 float4x4 half image2D int int2 "
        "int3 int4 ivec2 ivec3 ivec4 mat2 mat3 mat4 sampler2D sampler2DShadow sampler3D samplerCube uint uint2 uvec2 uvec3 uvec4 vec2 "
        "vec3 vec4 void",
    .literals = "false true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_CONSTANTS,
};
