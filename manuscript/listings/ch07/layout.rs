//@ kind: sizes
//@ edition: 2021
//@ min: 1.95
// What rustc itself says about the layout of two futures.
// ANCHOR: all
use std::future::ready;

// ANCHOR: overlap
pub async fn overlap(a: u64) -> u8 {
    {
        let b = [1u8; 1024];
        ready(()).await;
        drop(b);
    }
    {
        let c = [2u8; 512];
        ready(()).await;
        drop(c);
    }
    a as u8
}
// ANCHOR_END: overlap

pub async fn caller() {
    overlap(7).await;
}
// ANCHOR_END: all
