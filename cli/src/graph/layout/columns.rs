//! The column of each block: its rank, by dagre's network simplex.

use dagre::{
    EdgeLabel, LayoutOptions, NodeLabel, RankDir,
    graph::{Graph, GraphOptions},
    layout,
};

use super::{Block, Line};

/// The column of each block, from 0, such that every line that is no return goes to the right.
pub fn columns(blocks: &[Block], lines: &[Line]) -> Vec<usize> {
    let options = GraphOptions { directed: true, multigraph: false, compound: false };
    let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(options);
    for (at, block) in blocks.iter().enumerate() {
        let label = NodeLabel { width: block.width, height: block.up + block.down, ..NodeLabel::default() };
        graph.set_node(key(at), Some(label));
    }
    for line in lines.iter().filter(|line| !line.is_return) {
        let label = EdgeLabel { weight: weight(blocks, line), ..EdgeLabel::default() };
        graph.set_edge(key(line.from), key(line.to), Some(label), None);
    }
    layout(&mut graph, Some(LayoutOptions { rankdir: RankDir::LR, ..LayoutOptions::default() }));
    let middle = |at: usize| graph.node(&key(at)).and_then(|node| node.x).unwrap_or(0.0);
    // Blocks of one rank have one middle; the ranks that hold only dagre's own dummies are left out.
    let mut middles: Vec<f64> = (0..blocks.len()).map(middle).collect();
    middles.sort_by(f64::total_cmp);
    middles.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let column = |at: usize| middles.iter().position(|x| (x - middle(at)).abs() < 0.5).unwrap_or(0);
    (0..blocks.len()).map(column).collect()
}

/// Keys of one length, so that dagre's order of names is that of the blocks.
fn key(at: usize) -> String {
    format!("{at:06}")
}

/// How much a short line is worth: more on the nominal way, and there more the earlier it is, so that a decision stands
/// next to the wait that it ends.
fn weight(blocks: &[Block], line: &Line) -> i32 {
    let is_main = blocks[line.from].is_main && blocks[line.to].is_main;
    let left = blocks.len().saturating_sub(line.from);
    if is_main { i32::try_from(8 + left).unwrap_or(i32::MAX / 2) } else { 1 }
}
