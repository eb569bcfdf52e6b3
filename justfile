# What there is
default:
    @just --list

# Everything that CI runs
[group('check')]
ready:
    .ci/run

# Format code and catalogue
[group('check')]
fmt:
    cargo fmt --all
    cargo run --release --quiet --package mastara -- --catalog catalog fmt

# Lints
[group('check')]
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# Tests
[group('check')]
test:
    cargo test --workspace

# Property tests with other inputs than usual, and many of them
[group('check')]
explore cases='50000' seed=`date +%s`:
    PROPTEST_CASES={{ cases }} PROPTEST_RNG_SEED={{ seed }} cargo test --workspace

# Check the catalogue: findings, claims and examples
[group('check')]
catalog:
    cargo run --release --quiet --package mastara -- --catalog catalog check
    cargo run --release --quiet --package mastara -- --catalog catalog test

# Licences and duplicates of dependencies (needs cargo-deny)
[group('check')]
deny:
    cargo deny check licenses bans sources

# Write the generated files: words of the grammar, published rule pages
[group('write')]
gen:
    MASTARA_GENERATE=1 cargo test --quiet --package mastara-dsl --test generated
    MASTARA_GENERATE=1 cargo test --quiet --package mastara-snapshots --test pages

# Accept all snapshots, to be read with `git diff` before they are committed
[group('write')]
accept:
    INSTA_UPDATE=always cargo test --package mastara-snapshots

# Package the VS Code extension: editors/vscode/mastara.vsix (needs npm)
[group('write')]
vscode:
    cd editors/vscode && npm ci && npm test && npm run package

# What a rule means, and how to mend it
[group('write')]
explain rule:
    @cat docs/rules/{{ rule }}.md

# Benches
[group('measure')]
bench:
    cargo bench --workspace

# Fuzz a target (header, flow, pipeline) for some seconds (needs cargo-fuzz and nightly)
[group('measure')]
fuzz target seconds='600':
    mkdir -p fuzz/corpus/{{ target }}
    cp -n catalog/procedures/*/*.mastara fuzz/corpus/{{ target }}/ || true
    cargo +nightly fuzz run {{ target }} -- -max_total_time={{ seconds }} -timeout=5 -max_len=16384
