/* completion.c - scripts that let bash, zsh and fish complete incipit's command line, made from the table of options. */
#include "cli/cli.h"

static bool belongs(const inc_option_info *option, int command)
{
    return option->commands & 1u << command;
}

/* The names of all commands, or of all ids of diagnostics, separated by spaces. */
static void print_commands(void)
{
    for (int c = 0; c < INC_COMMAND_COUNT; c++)
        printf("%s%s", c ? " " : "", inc_command_infos[c].name);
}

static void print_ids(void)
{
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        printf("%s%s", id ? " " : "", inc_diag_info_of((inc_diag_id)id)->name);
}

/* ---- bash ---- */

static void print_bash_values(void)
{
    puts("    case $before in");
    for (int i = 0; i < INC_OPTION_COUNT; i++) {
        const inc_option_info *o = &inc_option_infos[i];
        if (!o->argument)
            continue;
        printf("    --%s", o->name);
        if (o->value < 256)
            printf(" | -%c", o->value);
        if (strcmp(o->choices, "/") == 0)
            puts(") COMPREPLY=($(compgen -d -- \"$word\")); return ;;");
        else if (strcmp(o->choices, ".") == 0)
            puts(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;");
        else
            printf(") COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", o->choices);
    }
    puts("    esac");
}

static void print_bash(void)
{
    puts("# incipit completion for bash\n"
         "_incipit() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=build i options\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in");
    printf("        ");
    for (int c = 0; c < INC_COMMAND_COUNT; c++)
        printf("%s%s", c ? " | " : "", inc_command_infos[c].name);
    puts(") command=${COMP_WORDS[i]}; break ;;\n        esac\n    done\n    COMPREPLY=()");
    print_bash_values();
    puts("    case $command in");
    for (int c = 0; c < INC_COMMAND_COUNT; c++) {
        printf("    %s) options='", inc_command_infos[c].name);
        for (int i = 0; i < INC_OPTION_COUNT; i++)
            if (belongs(&inc_option_infos[i], c))
                printf("--%s ", inc_option_infos[i].name);
        puts("' ;;");
    }
    puts("    esac");
    puts("    if [[ $word == -* ]]; then\n"
         "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "    elif [[ $command == explain ]]; then");
    printf("        COMPREPLY=($(compgen -W '");
    print_ids();
    puts("' -- \"$word\"))\n"
         "    elif [[ $command == completion ]]; then\n"
         "        COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\"))\n"
         "    else");
    printf("        ((COMP_CWORD > 1)) || COMPREPLY=($(compgen -W '");
    print_commands();
    puts("' -- \"$word\"))\n"
         "        COMPREPLY+=($(compgen -d -- \"$word\") $(compgen -f -X '!*.md' -- \"$word\"))\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _incipit incipit");
}

/* ---- zsh ---- */

/* Text within single quotes and within the brackets of _arguments. */
static void print_zsh_text(const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            putchar('\\');
        if (*text == '\'')
            fputs("'\\'", stdout);
        putchar(*text);
    }
}

static void print_zsh_option(const inc_option_info *o)
{
    if (o->value < 256)
        printf("        '(-%c --%s)'{-%c,--%s}'[", o->value, o->name, o->value, o->name);
    else
        printf("        '--%s[", o->name);
    print_zsh_text(o->help);
    putchar(']');
    if (o->argument) {
        printf(":%s:", o->argument);
        if (strcmp(o->choices, "/") == 0)
            fputs("_files -/", stdout);
        else if (strcmp(o->choices, ".") == 0)
            fputs("_files", stdout);
        else
            printf("(%s)", o->choices);
    }
    puts("' \\");
}

static void print_zsh(void)
{
    puts("#compdef incipit\n"
         "# incipit completion for zsh\n"
         "_incipit() {\n"
         "    local command=build word\n"
         "    for word in ${words[2,CURRENT-1]}; do\n"
         "        case $word in");
    printf("        ");
    for (int c = 0; c < INC_COMMAND_COUNT; c++)
        printf("%s%s", c ? "|" : "", inc_command_infos[c].name);
    puts(") command=$word; break ;;\n        esac\n    done\n"
         "    if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
         "        local -a commands=(");
    for (int c = 0; c < INC_COMMAND_COUNT; c++) {
        printf("            '%s:", inc_command_infos[c].name);
        print_zsh_text(inc_command_infos[c].help);
        puts("'");
    }
    puts("        )\n        _describe command commands\n    fi\n    case $command in");
    for (int c = 0; c < INC_COMMAND_COUNT; c++) {
        printf("    %s) _arguments \\\n", inc_command_infos[c].name);
        for (int i = 0; i < INC_OPTION_COUNT; i++)
            if (belongs(&inc_option_infos[i], c))
                print_zsh_option(&inc_option_infos[i]);
        if (c == INC_COMMAND_EXPLAIN) {
            fputs("        '*:id:(", stdout);
            print_ids();
            puts(")' ;;");
        } else if (c == INC_COMMAND_COMPLETION)
            puts("        '*:shell:(bash zsh fish)' ;;");
        else
            puts("        '*:book:_files' ;;");
    }
    puts("    esac\n}\nif [[ $funcstack[1] == _incipit ]]; then _incipit \"$@\"; else compdef _incipit incipit; fi");
}

/* ---- fish ---- */

static void print_fish_text(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

static void print_fish_option(const inc_option_info *o)
{
    fputs("complete -c incipit", stdout);
    if (o->commands != (1u << INC_COMMAND_COUNT) - 1) {
        fputs(" -n '", stdout);
        const char *between = "";
        for (int c = 0; c < INC_COMMAND_COUNT; c++) {
            if (!belongs(o, c))
                continue;
            printf("%s__fish_seen_subcommand_from %s", between, inc_command_infos[c].name);
            if (c == INC_COMMAND_BUILD) /* the command when none is named */
                fputs("; or __fish_use_subcommand", stdout);
            between = "; or ";
        }
        putchar('\'');
    }
    printf(" -l %s", o->name);
    if (o->value < 256)
        printf(" -s %c", o->value);
    if (o->argument)
        printf(o->choices[0] == '/' || o->choices[0] == '.' ? " -r" : " -x -a '%s'", o->choices);
    fputs(" -d ", stdout);
    print_fish_text(o->help);
    putchar('\n');
}

static void print_fish(void)
{
    puts("# incipit completion for fish");
    for (int c = 0; c < INC_COMMAND_COUNT; c++) {
        printf("complete -c incipit -n __fish_use_subcommand -a %s -d ", inc_command_infos[c].name);
        print_fish_text(inc_command_infos[c].help);
        putchar('\n');
    }
    for (int i = 0; i < INC_OPTION_COUNT; i++)
        print_fish_option(&inc_option_infos[i]);
    printf("complete -c incipit -f -n '__fish_seen_subcommand_from explain' -a '");
    print_ids();
    puts("'\ncomplete -c incipit -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'");
}

int inc_completion(const inc_options *options)
{
    static const struct {
        const char *shell;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < INC_COUNT(shells); i++)
        if (strcmp(options->words[0], shells[i].shell) == 0) {
            shells[i].print();
            return INC_STATUS_FINE;
        }
    fprintf(stderr, "incipit: completions are there for bash, zsh and fish, not for '%s'\n", options->words[0]);
    return INC_STATUS_USAGE;
}
