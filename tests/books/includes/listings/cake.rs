use std::fmt;

// ANCHOR: cake
struct Cake {
    layers: u8,
}
// ANCHOR_END: cake

// ANCHOR: show
impl fmt::Display for Cake {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a cake of {} layers", self.layers)
    }
}
// ANCHOR_END: show

fn main() {
    println!("{}", Cake { layers: 3 });
}
