//@ kind: fail
//@ edition: 2021
// `?` in an async block whose output is ().
// ANCHOR: all
async fn open() -> Result<u32, std::io::Error> {
    Ok(1)
}

fn main() {
    let _ = async {
        let n = open().await?;
        println!("{n}");
    };
}
// ANCHOR_END: all
