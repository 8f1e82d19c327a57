//! What is told to `tracing`, behind the feature of that name, and nothing without it.
//!
//! In the fields are positions and counts alone: nothing of an entry, nobody's name, and no text of an error, for what a
//! server says of a row may hold the row.

pub(crate) use told::*;

/// Which fault kept the journal from being read on, as one word.
#[cfg(feature = "tracing")]
fn kind(why: &crate::error::TailError) -> &'static str {
    use crate::error::TailError;
    match why {
        TailError::Journal(_) => "journal",
        TailError::OutOfOrder { .. } => "out of order",
        TailError::Payload { .. } => "payload",
        TailError::Replay { .. } => "replay",
        TailError::Fell { .. } => "fell",
        TailError::Replaced { .. } => "replaced",
    }
}

#[cfg(feature = "tracing")]
mod told {
    use handover_journal::Position;
    use tracing::span::EnteredSpan;
    use tracing::{Span, debug, debug_span, warn};

    use super::kind;
    use crate::admission::number;
    use crate::error::TailError;

    /// What is under way until it is dropped.
    #[derive(Debug)]
    #[must_use]
    pub(crate) struct UnderWay {
        _span: EnteredSpan,
    }

    fn under_way(span: Span) -> UnderWay {
        UnderWay { _span: span.entered() }
    }

    /// The span in which a desk or a follower was opened: what its thread does stands in it. Whoever opens several tells them
    /// apart by it.
    #[derive(Clone, Debug)]
    pub(crate) struct Opened(Span);

    impl Opened {
        pub(crate) fn here() -> Self {
            Self(Span::current())
        }

        pub(crate) fn group(&self, submissions: usize, entries: usize) -> UnderWay {
            let (submissions, entries) = (number(submissions), number(entries));
            under_way(debug_span!(parent: &self.0, "handover.group", submissions, entries))
        }

        pub(crate) fn catch_up(&self, after: Position) -> UnderWay {
            // Within the group that it is for, if it is for one.
            let parent = if Span::current().is_none() { self.0.clone() } else { Span::current() };
            under_way(debug_span!(parent: &parent, "handover.catch_up", after = after.number()))
        }

        pub(crate) fn refresh(&self, position: Position) -> UnderWay {
            under_way(debug_span!(parent: &self.0, "handover.refresh", position = position.number()))
        }
    }

    pub(crate) fn submission(entries: usize) -> UnderWay {
        under_way(debug_span!("handover.submit", entries = number(entries)))
    }

    pub(crate) fn written(after: Position, entries: usize) {
        debug!(after = after.number(), entries = number(entries), "written");
    }

    pub(crate) fn conflict(expected: Position, found: Position) {
        debug!(expected = expected.number(), found = found.number(), "conflict");
    }

    pub(crate) fn failed(after: Position, entries: usize) {
        warn!(after = after.number(), entries = number(entries), "not written");
    }

    pub(crate) fn unknown(after: Position, entries: usize) {
        warn!(after = after.number(), entries = number(entries), "unknown whether written");
    }

    /// What became of an append that was unknown; nothing if that is still open.
    pub(crate) fn resolved(written: Option<bool>) {
        if let Some(written) = written {
            debug!(written, "found whether written");
        } else {
            warn!("not found whether written");
        }
    }

    pub(crate) fn caught_up(read: &Result<Position, TailError>) {
        match read {
            Ok(head) => debug!(head = head.number(), "caught up"),
            Err(why) => warn!(kind = kind(why), "not caught up"),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod told {
    use handover_journal::Position;

    use crate::error::TailError;

    #[derive(Debug)]
    pub(crate) struct UnderWay;

    #[derive(Clone, Debug)]
    pub(crate) struct Opened;

    impl Opened {
        pub(crate) fn here() -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "with the feature it is used")]
        pub(crate) fn group(&self, _: usize, _: usize) -> UnderWay {
            UnderWay
        }

        #[expect(clippy::unused_self, reason = "with the feature it is used")]
        pub(crate) fn catch_up(&self, _: Position) -> UnderWay {
            UnderWay
        }

        #[expect(clippy::unused_self, reason = "with the feature it is used")]
        pub(crate) fn refresh(&self, _: Position) -> UnderWay {
            UnderWay
        }
    }

    pub(crate) fn submission(_: usize) -> UnderWay {
        UnderWay
    }

    pub(crate) fn written(_: Position, _: usize) {}

    pub(crate) fn conflict(_: Position, _: Position) {}

    pub(crate) fn failed(_: Position, _: usize) {}

    pub(crate) fn unknown(_: Position, _: usize) {}

    pub(crate) fn resolved(_: Option<bool>) {}

    pub(crate) fn caught_up(_: &Result<Position, TailError>) {}
}
