//@ kind: mir
//@ edition: 2021
//@ pinned
// ANCHOR: all
use std::future::ready;

pub async fn f(x: u32) -> u32 {
    ready(()).await;
    x
}
// ANCHOR_END: all
