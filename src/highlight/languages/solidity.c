/* solidity.c - Solidity. */
#include "highlight/language.h"

extern const inc_language inc_language_solidity;
const inc_language inc_language_solidity = {
    .names = "solidity sol",
    .introducers = "error event function modifier",
    .keywords =
        "abstract anonymous as assembly break calldata catch constant constructor continue contract delete do else emit enum external "
        "fallback for if immutable import indexed interface internal is library mapping memory new override payable pragma private public "
        "pure receive return returns revert storage struct super this throw try type unchecked using view virtual while",
    .types = "address bool byte bytes bytes32 int int256 string uint uint128 uint256 uint64 uint8",
    .literals = "days ether false gwei hours minutes seconds true wei",
    .built_ins = "assert block keccak256 msg require tx",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
