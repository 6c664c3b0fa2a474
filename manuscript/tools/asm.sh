#!/bin/sh
# asm.sh FILE SCRATCH: the optimised machine code of the function `resume`, as
# far as it is about the state: registers and labels differ from compiler to
# compiler, so only what is done with the byte and the table is told.
set -eu
rustc --edition 2021 -O -C codegen-units=1 --crate-type lib --emit=asm \
    -C llvm-args=-x86-asm-syntax=intel -o "$2/asm" "$1"
cat "$2/asm"
