/* languages.c - what we know without being told: how listings of the usual languages are compiled, run and refused. */
#include "listings/listings.h"

#define WORDS(...) {(inc_str[]){__VA_ARGS__}, sizeof((inc_str[]){__VA_ARGS__}) / sizeof(inc_str)}
#define S(literal) {(literal), sizeof(literal) - 1}

static inc_rule rust_rules[] = {
    {S("run"), WORDS(S("rustc"), S("--edition"), S("{edition}"), S("-D"), S("warnings"), S("-C"), S("debuginfo=0"), S("-o"), S("{scratch}/x"), S("{file}")),
        WORDS(S("{scratch}/x")), .compare = INC_COMPARE_STDOUT},
    {S("test"), WORDS(S("rustc"), S("--test"), S("--edition"), S("{edition}"), S("-D"), S("warnings"), S("-C"), S("debuginfo=0"), S("-o"), S("{scratch}/x"), S("{file}")),
        WORDS(S("{scratch}/x")), .compare = INC_COMPARE_STDOUT},
    {S("build"), .compile = WORDS(S("rustc"), S("--edition"), S("{edition}"), S("-D"), S("warnings"), S("--emit=metadata"), S("-o"), S("{scratch}/x"), S("{file}"))},
    {S("fail"), WORDS(S("rustc"), S("--edition"), S("{edition}"), S("--color"), S("never"), S("--diagnostic-width={width}"), S("--emit=metadata"), S("-o"), S("{scratch}/x"), S("{file}")),
        .must_fail = true, .compare = INC_COMPARE_STDERR, .normaliser = INC_NORMALISE_RUSTC},
    /* As rustdoc does it for blocks in the text: warnings are no errors. */
    {S("fence"), .compile = WORDS(S("rustc"), S("--edition"), S("{edition}"), S("-A"), S("warnings"), S("-C"), S("debuginfo=0"), S("-o"), S("{scratch}/x"), S("{file}")), .run = WORDS(S("{scratch}/x"))},
    {S("fence-test"), .compile = WORDS(S("rustc"), S("--test"), S("--edition"), S("{edition}"), S("-A"), S("warnings"), S("-C"), S("debuginfo=0"), S("-o"), S("{scratch}/x"), S("{file}")), .run = WORDS(S("{scratch}/x"))},
    {S("fence-build"), .compile = WORDS(S("rustc"), S("--edition"), S("{edition}"), S("-A"), S("warnings"), S("--emit=metadata"), S("-o"), S("{scratch}/x"), S("{file}"))},
    {S("fence-fail"), WORDS(S("rustc"), S("--edition"), S("{edition}"), S("-A"), S("warnings"), S("--emit=metadata"), S("-o"), S("{scratch}/x"), S("{file}")), .must_fail = true},
};
static inc_rule c_rules[] = {
    {S("run"), WORDS(S("cc"), S("-std=c17"), S("-Wall"), S("-Wextra"), S("-Werror"), S("-O1"), S("-pthread"), S("-o"), S("{scratch}/x"), S("{file}")), WORDS(S("{scratch}/x")),
        .compare = INC_COMPARE_STDOUT},
    {S("build"), .compile = WORDS(S("cc"), S("-std=c17"), S("-Wall"), S("-Wextra"), S("-Werror"), S("-fsyntax-only"), S("{file}"))},
    {S("fail"), WORDS(S("cc"), S("-std=c17"), S("-Wall"), S("-Wextra"), S("-fdiagnostics-color=never"), S("-fsyntax-only"), S("{file}")), .must_fail = true,
        .compare = INC_COMPARE_STDERR},
};
static inc_rule cpp_rules[] = {
    {S("run"), WORDS(S("c++"), S("-std=c++20"), S("-Wall"), S("-Wextra"), S("-Werror"), S("-O1"), S("-pthread"), S("-o"), S("{scratch}/x"), S("{file}")), WORDS(S("{scratch}/x")),
        .compare = INC_COMPARE_STDOUT},
    {S("fail"), WORDS(S("c++"), S("-std=c++20"), S("-Wall"), S("-Wextra"), S("-fdiagnostics-color=never"), S("-fsyntax-only"), S("{file}")), .must_fail = true,
        .compare = INC_COMPARE_STDERR},
};
static inc_rule go_rules[] = {
    {S("run"), WORDS(S("go"), S("build"), S("-o"), S("{scratch}/x"), S("{file}")), WORDS(S("{scratch}/x")), .compare = INC_COMPARE_STDOUT},
    {S("fail"), WORDS(S("go"), S("build"), S("-o"), S("{scratch}/x"), S("{file}")), .must_fail = true, .compare = INC_COMPARE_STDERR},
};
static inc_rule python_rules[] = {
    {S("run"), {NULL, 0}, WORDS(S("python3"), S("-B"), S("{file}")), .compare = INC_COMPARE_STDOUT},
    {S("fail"), {NULL, 0}, WORDS(S("python3"), S("-B"), S("{file}")), .must_fail = true, .compare = INC_COMPARE_STDERR},
};
static inc_rule sh_rules[] = {
    {S("run"), {NULL, 0}, WORDS(S("sh"), S("{file}")), .compare = INC_COMPARE_STDOUT},
    {S("fail"), {NULL, 0}, WORDS(S("sh"), S("{file}")), .must_fail = true, .compare = INC_COMPARE_STDERR},
};
static inc_rule bash_rules[] = {
    {S("run"), {NULL, 0}, WORDS(S("bash"), S("{file}")), .compare = INC_COMPARE_STDOUT},
    {S("fail"), {NULL, 0}, WORDS(S("bash"), S("{file}")), .must_fail = true, .compare = INC_COMPARE_STDERR},
};
static inc_rule javascript_rules[] = {
    {S("run"), {NULL, 0}, WORDS(S("node"), S("{file}")), .compare = INC_COMPARE_STDOUT},
    {S("fail"), {NULL, 0}, WORDS(S("node"), S("{file}")), .must_fail = true, .compare = INC_COMPARE_STDERR},
};

#define RULES(array) (array), INC_COUNT(array)

static const inc_rule_language languages[] = {
    {S("rust"), S("rs"), S("//"), WORDS(S("rustc"), S("--version")), S(""), S("2021"), S("80"), RULES(rust_rules)},
    {S("c"), S("c"), S("//"), WORDS(S("cc"), S("-dumpfullversion")), S(""), S(""), S("80"), RULES(c_rules)},
    {S("cpp"), S("cpp"), S("//"), WORDS(S("c++"), S("-dumpfullversion")), S(""), S(""), S("80"), RULES(cpp_rules)},
    {S("go"), S("go"), S("//"), WORDS(S("go"), S("version")), S(""), S(""), S("80"), RULES(go_rules)},
    {S("python"), S("py"), S("#"), WORDS(S("python3"), S("--version")), S(""), S(""), S("80"), RULES(python_rules)},
    {S("sh"), S("sh"), S("#"), WORDS(S("sh"), S("-c"), S("echo 1")), S(""), S(""), S("80"), RULES(sh_rules)},
    {S("bash"), S("bash"), S("#"), WORDS(S("bash"), S("--version")), S(""), S(""), S("80"), RULES(bash_rules)},
    {S("javascript"), S("js"), S("//"), WORDS(S("node"), S("--version")), S(""), S(""), S("80"), RULES(javascript_rules)},
};

const inc_rule_language *inc_listings_builtins(size_t *count)
{
    *count = INC_COUNT(languages);
    return languages;
}

const inc_rule_language *inc_listings_builtin(inc_str name)
{
    for (size_t i = 0; i < INC_COUNT(languages); i++)
        if (inc_str_eq(languages[i].name, name))
            return &languages[i];
    return NULL;
}
