//! Cycles in directed graphs.

/// Which nodes of a graph lie on a cycle; `edges` holds for each node the nodes that it leads to. Kosaraju's algorithm
/// with explicit stacks: deep models must not overflow the call stack.
#[must_use]
pub fn on_cycles(edges: &[Vec<usize>]) -> Vec<bool> {
    let order = finish_order(edges);
    let mut back = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            if let Some(back) = back.get_mut(*to) {
                back.push(from);
            }
        }
    }
    let mut cyclic = vec![false; edges.len()];
    let mut seen = vec![false; edges.len()];
    for start in order.into_iter().rev() {
        let component = component(start, &back, &mut seen);
        let loops = edges.get(start).is_some_and(|targets| targets.contains(&start));
        if component.len() > 1 || loops {
            for node in component {
                if let Some(cyclic) = cyclic.get_mut(node) {
                    *cyclic = true;
                }
            }
        }
    }
    cyclic
}

fn mark(seen: &mut [bool], node: usize) -> bool {
    seen.get_mut(node).is_some_and(|seen| !std::mem::replace(seen, true))
}

fn finish_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    for start in 0..edges.len() {
        if !mark(&mut seen, start) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            match edges.get(*node).and_then(|targets| targets.get(*next)) {
                Some(target) => {
                    *next += 1;
                    if mark(&mut seen, *target) {
                        path.push((*target, 0));
                    }
                }
                None => {
                    order.push(*node);
                    path.pop();
                }
            }
        }
    }
    order
}

fn component(start: usize, back: &[Vec<usize>], seen: &mut [bool]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut waiting = vec![start];
    while let Some(node) = waiting.pop() {
        if mark(seen, node) {
            found.push(node);
            waiting.extend(back.get(node).into_iter().flatten());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_loops_and_longer_cycles() {
        // 0 → 1 → 2 → 1, 3 → 3, 4 → 0, 5
        let edges = vec![vec![1], vec![2], vec![1], vec![3], vec![0], vec![]];
        assert_eq!(on_cycles(&edges), [false, true, true, true, false, false]);
    }

    #[test]
    fn a_long_chain_costs_no_stack() {
        let length = 200_000;
        let edges: Vec<Vec<usize>> = (0..length).map(|at| vec![(at + 1) % length]).collect();
        assert!(on_cycles(&edges).into_iter().all(|cyclic| cyclic));
    }
}
