//@ kind: fail
//@ edition: 2021
// A reference to a field of a packed struct.
// ANCHOR: all
#[repr(C, packed)]
struct Ev {
    events: u32,
    data: u64,
}

fn main() {
    let e = Ev { events: 1, data: 2 };
    println!("{} {}", e.events, e.data);
}
// ANCHOR_END: all
