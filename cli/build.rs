//! Tells cargo that the catalogue is part of the binary: a new file in it rebuilds the command.

fn main() {
    println!("cargo::rerun-if-changed=../catalog");
}
