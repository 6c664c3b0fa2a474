/* fortran.c - Fortran, free form. */
#include "highlight/language.h"

extern const inc_language inc_language_fortran;
const inc_language inc_language_fortran = {
    .names = "fortran f90 f95 f03 f08 f",
    .introducers = "function module program subroutine",
    .keywords =
        "allocatable allocate associate bind block call case class close common contains continue cycle data deallocate default dimension "
        "do elemental else elseif end enddo endif entry enum equivalence exit extends external file forall format go goto if implicit "
        "import in include inout inquire intent interface intrinsic kind len namelist none nullify only open operator optional out "
        "parameter pointer print private procedure protected public pure read recursive result return rewind save select sequence stop "
        "target then type use value volatile where while write",
    .types = "character complex double integer logical precision real",
    .line_comments = {"!"},
    .strings = {{"\"", "\"", .flags = INC_STRING_DOUBLED},
                {"'", "'", .flags = INC_STRING_DOUBLED}},
    .flags = INC_LANGUAGE_NO_CASE,
};
