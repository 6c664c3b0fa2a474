/* verilog.c - Verilog, SystemVerilog and VHDL's like. */
#include "highlight/language.h"

extern const inc_language inc_language_verilog;
const inc_language inc_language_verilog = {
    .names = "verilog v sv svh systemverilog",
    .introducers = "function module task",
    .keywords =
        "always always_comb always_ff always_latch and assert assign automatic begin bit buf case casex casez class clocking const "
        "constraint cover covergroup default defparam disable else end endcase endclass endfunction endgenerate endinterface endmodule "
        "endpackage endprimitive endtask enum export extends extern final for force forever fork generate genvar if iff import initial "
        "inout input interface join localparam logic modport nand negedge new nor not or output package packed parameter posedge "
        "primitive program property pure rand release repeat return sequence signed specify static struct supply0 supply1 table this time "
        "timescale tri type typedef union unique unsigned var virtual wait while with xnor xor",
    .types = "byte int integer longint real realtime reg shortint string void wire",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'`', "meta"}, {'$', "built_in"}},
};
