fn before() {}
// ANCHOR: middle
fn middle() {}
// ANCHOR_END: middle
fn after() {}
