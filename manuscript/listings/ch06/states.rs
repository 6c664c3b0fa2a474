//@ kind: states
//@ edition: 2021
//@ pinned
// How many states has each of these?
use std::future::ready;

type Tried = Result<(), ()>;

// ANCHOR: looped
pub async fn looped(times: u32) {
    for _ in 0..times {
        ready(()).await;
    }
}
// ANCHOR_END: looped

// ANCHOR: quiz
pub async fn none() -> u32 {
    7
}

pub async fn arms(left: bool) {
    if left {
        ready(1).await;
    } else {
        ready(2).await;
    }
}

pub async fn tries() -> Tried {
    ready(Tried::Ok(())).await?;
    ready(Tried::Ok(())).await?;
    ready(Tried::Err(())).await
}

pub async fn inner() -> u32 {
    async { ready(1).await + ready(2).await }.await
}

pub async fn late() {
    return;
    #[allow(unreachable_code)]
    ready(()).await
}
// ANCHOR_END: quiz
