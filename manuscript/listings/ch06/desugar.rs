//@ kind: hir
//@ edition: 2021
//@ pinned
// What is left of `async` and `await` after the first rewriting.
include!("mir_async.rs");
