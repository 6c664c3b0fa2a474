//@ kind: run
//@ edition: 2021
//@ min: 1.85
// A task that spawns two, which spawn two each: how long does the queue
// get, if one worker takes the oldest first, or the newest?
use std::collections::VecDeque;

// ANCHOR: longest
fn longest(take: fn(&mut VecDeque<u32>) -> Option<u32>) -> usize {
    let (mut queue, mut longest) = (VecDeque::from([10]), 0);
    while let Some(depth) = take(&mut queue) {
        if depth > 0 {
            queue.extend([depth - 1; 2]); // this task spawns two
        }
        longest = longest.max(queue.len());
    }
    longest
}
// ANCHOR_END: longest

fn main() {
    println!("oldest first: {}", longest(VecDeque::pop_front));
    println!("newest first: {}", longest(VecDeque::pop_back));
}
