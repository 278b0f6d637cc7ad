//! An id of the program's own sources: what another build has kept in the cache is not used.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let mut files = vec![PathBuf::from("build.rs"), PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml")];
    for folder in ["src", "templates"] {
        collect(Path::new(folder), &mut files);
        println!("cargo:rerun-if-changed={folder}");
    }
    files.iter().take(3).for_each(|f| println!("cargo:rerun-if-changed={}", f.display()));
    files.sort();
    // FNV-1a: no dependency for an id that nobody attacks.
    let mut id = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| bytes.iter().for_each(|b| id = (id ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    for file in &files {
        add(file.to_string_lossy().as_bytes());
        add(&fs::read(file).unwrap_or_default());
    }
    for name in ["PROFILE", "TARGET"] {
        add(env::var(name).unwrap_or_default().as_bytes());
    }
    println!("cargo:rustc-env=REDERIVE_BUILD={id:016x}");
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, out);
        } else {
            out.push(path);
        }
    }
}
