//@ kind: glue
//@ edition: 2021
//@ pinned
// The function that drops the future of `serve`.
include!("drop_states.rs");
