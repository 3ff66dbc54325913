//! Tasks: what an operation has started, and its state.

mod texts;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

use whitesmith_schema::erased::View;
use whitesmith_schema::{MemberSerializer, Schema, SerializeMembers, Timestamp};

use crate::behaviour::{OperationBehaviour, OutputValue, Source, Stage, Tasks};
use texts::{Texts, TextsBuilder};

/// A task. Its values are made once; which of them are shown depends on its stage.
#[derive(Debug)]
pub(crate) struct Task {
    /// When it was made, in milliseconds since 1970.
    pub(crate) started: u64,
    /// When it reaches its last stage, in milliseconds since 1970.
    pub(crate) due: u64,
    /// The texts of its failure, by [`Tasks::failed`]; `None` for one that succeeds.
    pub(crate) failure: Option<Box<[Box<str>]>>,
    texts: Texts,
    /// The operation's index in the service.
    pub(crate) operation: u32,
}

/// The texts of a task, in this order: its isolation value, its region, its values by [`OperationBehaviour::outputs`], and the
/// members of the input that its events use, by [`OperationBehaviour::event_inputs`].
#[derive(Debug)]
pub(crate) struct TaskTexts(TextsBuilder);

const ISOLATION: usize = 0;
const REGION: usize = 1;
const OUTPUTS: usize = 2;

impl TaskTexts {
    pub(crate) fn new(behaviour: &OperationBehaviour, isolation: &str, region: &str) -> Self {
        let mut texts = TextsBuilder::new(OUTPUTS + behaviour.outputs.len() + behaviour.event_inputs.len());
        texts.push(Some(isolation));
        texts.push(Some(region));
        Self(texts)
    }

    /// Adds the next output, and after them the next input.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        self.0.push(text);
    }

    /// Returns an output that is set already.
    pub(crate) fn output(&self, index: usize) -> Option<&str> {
        self.0.get(OUTPUTS + index)
    }
}

impl Task {
    pub(crate) fn new(operation: usize, started: u64, due: u64, texts: TaskTexts) -> Self {
        let operation = u32::try_from(operation).unwrap_or(u32::MAX);
        Self { started, due, failure: None, texts: texts.0.finish(), operation }
    }

    pub(crate) fn isolation(&self) -> &str {
        self.texts.get(ISOLATION).unwrap_or_default()
    }

    pub(crate) fn region(&self) -> Option<&str> {
        self.texts.get(REGION)
    }

    pub(crate) fn output(&self, index: usize) -> Option<&str> {
        self.texts.get(OUTPUTS + index)
    }

    /// Returns a member of the input that the operation's events use.
    pub(crate) fn input(&self, behaviour: &OperationBehaviour, member: &str) -> Option<&str> {
        let index = behaviour.event_inputs.iter().position(|name| *name == member)?;
        self.texts.get(OUTPUTS + behaviour.outputs.len() + index)
    }

    /// The approximate size in memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        let failure = self.failure.iter().flatten().map(|text| text.len()).sum::<usize>();
        size_of::<Self>() + self.texts.size() + failure
    }

    pub(crate) fn started(&self) -> Timestamp {
        let seconds = i64::try_from(self.started / 1000).unwrap_or(i64::MAX);
        Timestamp::new(seconds, u32::try_from(self.started % 1000).unwrap_or(0) * MILLISECOND)
    }

    pub(crate) fn last_stage(&self) -> Stage {
        if self.failure.is_some() { Stage::Failure } else { Stage::Success }
    }

    /// The stage at an instant, in milliseconds since 1970.
    pub(crate) fn stage(&self, now: u64) -> Stage {
        if now < self.due { Stage::Initial } else { self.last_stage() }
    }
}

/// In nanoseconds.
const MILLISECOND: u32 = 1_000_000;

/// A task at a stage, seen as its operation's output.
pub(crate) struct TaskOutput<'a> {
    pub(crate) schema: &'static Schema,
    pub(crate) tasks: &'a Tasks,
    pub(crate) behaviour: &'a OperationBehaviour,
    pub(crate) task: &'a Task,
    pub(crate) stage: Stage,
}

impl SerializeMembers for TaskOutput<'_> {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn serialize_members<S: MemberSerializer>(&self, serializer: &mut S) -> Result<(), S::Error> {
        for (member, source) in self.schema.members.iter().zip(&self.behaviour.sources) {
            let text = match source {
                Source::Nowhere => None,
                Source::State => Some(self.tasks.name(self.stage)),
                Source::Failed(index) if self.stage == Stage::Failure => {
                    self.task.failure.as_ref().and_then(|texts| texts.get(*index)).map(|text| &**text)
                }
                Source::Failed(_) => None,
                Source::Output(index) => match self.behaviour.outputs.get(*index) {
                    Some(output) if !output.when.contains(self.stage) => None,
                    Some(output) if matches!(output.value, OutputValue::Now) => {
                        serializer.member(member, &View::Timestamp(self.task.started()))?;
                        None
                    }
                    _ => self.task.output(*index),
                },
            };
            if let Some(text) = text {
                serializer.member(member, text)?;
            }
        }
        Ok(())
    }
}

/// The maximum size of all tasks together, in bytes.
const KEPT_ALL: usize = 16 * 1024 * 1024;

/// The newest tasks by number, and when the next of them is due. It is bounded in number and in bytes.
#[derive(Debug)]
pub(crate) struct TaskStore {
    tasks: VecDeque<Arc<Task>>,
    size: usize,
    /// The number of the oldest that is kept.
    first: u64,
    limit: usize,
    due: BinaryHeap<Reverse<(u64, u64)>>,
}

impl TaskStore {
    pub(crate) fn new(limit: usize) -> Self {
        Self { tasks: VecDeque::new(), size: 0, first: 0, limit: limit.max(1), due: BinaryHeap::new() }
    }

    /// Keeps a task and returns its number.
    pub(crate) fn add(&mut self, task: Task) -> u64 {
        self.size += task.size();
        while self.tasks.len() >= self.limit || self.size > KEPT_ALL {
            let Some(oldest) = self.tasks.pop_front() else { break };
            self.size -= oldest.size();
            self.first += 1;
        }
        let number = self.first + self.tasks.len() as u64;
        self.due.push(Reverse((task.due, number)));
        self.tasks.push_back(Arc::new(task));
        self.forget_due_of_dropped();
        number
    }

    /// Removes tasks from the heap that were dropped before they were due.
    fn forget_due_of_dropped(&mut self) {
        if self.due.len() > 2 * self.limit {
            let first = self.first;
            self.due.retain(|Reverse((_, number))| *number >= first);
        }
    }

    pub(crate) fn get(&self, number: u64) -> Option<&Arc<Task>> {
        self.tasks.get(usize::try_from(number.checked_sub(self.first)?).ok()?)
    }

    /// Ends a task now: with these texts of a failure, or successfully.
    pub(crate) fn finish(&mut self, number: u64, failure: Option<Box<[Box<str>]>>, now: u64) -> bool {
        let index = number.checked_sub(self.first).and_then(|index| usize::try_from(index).ok());
        // Only events of a task that is done share it.
        let Some(task) = index.and_then(|index| self.tasks.get_mut(index)).and_then(Arc::get_mut) else { return false };
        if task.due <= now {
            return false;
        }
        self.size -= task.size();
        task.due = now;
        task.failure = failure;
        self.size += task.size();
        self.due.push(Reverse((now, number)));
        true
    }

    /// When the next task is due.
    pub(crate) fn next_due(&self) -> Option<u64> {
        self.due.peek().map(|Reverse((due, _))| *due)
    }

    /// Returns the number of a task that is due; each is returned once.
    pub(crate) fn take_due(&mut self, now: u64) -> Option<u64> {
        while let Some(Reverse((due, number))) = self.due.peek().copied() {
            if due > now {
                return None;
            }
            self.due.pop();
            // One that was brought to an end early stands in the heap a second time.
            if self.get(number).is_some_and(|task| task.due == due) {
                return Some(number);
            }
        }
        None
    }

    /// The tasks with their numbers, newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = (u64, &Task)> {
        self.tasks.iter().enumerate().rev().map(|(index, task)| (self.first + index as u64, &**task))
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.first
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.tasks.len() as u64;
        self.size = 0;
        self.tasks.clear();
        self.due.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(identifier: &str) -> Task {
        let behaviour = OperationBehaviour {
            outputs: Vec::new(),
            sources: Vec::new(),
            events: Vec::new(),
            event_inputs: vec!["Id"],
        };
        let mut texts = TaskTexts::new(&behaviour, "", "us-east-1");
        texts.push(Some(identifier));
        Task::new(0, 0, 10, texts)
    }

    #[test]
    fn is_bounded_in_bytes() {
        let mut store = TaskStore::new(10_000);
        let identifier = "x".repeat(1024 * 1024);
        for _ in 0..300 {
            store.add(task(&identifier));
        }
        assert_eq!(store.tasks.len(), KEPT_ALL / (1024 * 1024) - 1);
        assert!(store.size <= KEPT_ALL);
        assert_eq!(store.dropped() + store.tasks.len() as u64, 300);
        store.clear();
        assert_eq!(store.size, 0);
    }
}
