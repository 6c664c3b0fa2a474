// ANCHOR: poll
fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
    Poll::Pending
}
// ANCHOR_END: poll

fn not_shown() {}
