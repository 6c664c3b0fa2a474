/* report_gcc.c - one line for each finding, as editors read it from compilers. */
#include "cli/report.h"

void inc_report_add_line(inc_buf *out, const inc_finding *finding)
{
    const inc_diag *diag = finding->diag;
    if (finding->placed) {
        inc_columns_add_safe(out, finding->path);
        inc_buf_printf(out, ":%u:%u: ", finding->place.line, finding->place.column);
    } else
        inc_buf_puts(out, "incipit: ");
    inc_buf_printf(out, "%s%s: ", diag->severity == INC_FATAL ? "fatal " : "", inc_report_severity(diag->severity));
    inc_columns_add_safe(out, diag->message);
    if (diag->hint.n) {
        inc_buf_puts(out, "; ");
        inc_columns_add_safe(out, diag->hint);
    }
    if (diag->page.n) {
        inc_buf_puts(out, " (page ");
        inc_columns_add_safe(out, diag->page);
        inc_buf_byte(out, ')');
    }
    inc_buf_printf(out, " [%s%s]", finding->info->name, diag->known ? ", known" : "");
}

static void write_finding(inc_writer *writer, const inc_finding *finding)
{
    inc_report_add_line(writer->out, finding);
    inc_buf_byte(writer->out, '\n');
}

const inc_writer_info inc_writer_gcc = {.finding = write_finding};
