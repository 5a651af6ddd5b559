//! Log lines for the bot's author: the page hears of all of them, and the
//! server where it takes them.

use crate::action::sleep;
use crate::model::Log;

use super::Driver;

/// So many lines wait for the next message at most; the latest count.
const MOST: usize = 50;

/// The longest that a reply waits for log lines, and the pause between looks, in ms.
const LOGS_FIRST_MS: u32 = 1_000;
const LOOK_MS: u32 = 20;

impl Driver {
    /// Tells the page, and the server now or later.
    pub(super) fn log(&self, logs: Vec<Log>) {
        self.tell_logs(&logs);
        {
            let mut waiting = self.logs.borrow_mut();
            waiting.extend(logs);
            let over = waiting.len().saturating_sub(MOST);
            waiting.drain(..over);
        }
        self.flush_logs();
    }

    /// Posts the lines that wait, where they have a way of their own and it
    /// is known whose they are.
    pub(super) fn flush_logs(&self) {
        let session = self.session.borrow().clone();
        let rides = self.client().codec().logs_ride();
        let (Some(session), false, Some(driver)) = (session, rides, self.weak().upgrade()) else {
            return;
        };
        let logs = self.logs.take();
        if !logs.is_empty() {
            self.logging.set(self.logging.get() + 1);
            self.tasks.add(Box::pin(async move {
                // A server that does not want them has ended the session, or
                // keeps no logs.
                let _ = driver.client().send_logs(&session, &logs).await;
                driver.logging.set(driver.logging.get().saturating_sub(1));
            }));
        }
    }

    /// Waits until the log lines that are under way have arrived, but not for
    /// long. What an action logged goes before what it replies: the reply may
    /// end the session, and an ended session takes no logs.
    pub(super) async fn logs_first(&self) {
        for _ in 0..LOGS_FIRST_MS / LOOK_MS {
            if self.logging.get() == 0 {
                return;
            }
            sleep(f64::from(LOOK_MS)).await;
        }
    }

    /// The lines that ride along with a message.
    pub(super) fn take_logs(&self) -> Vec<Log> {
        self.logs.take()
    }

    /// The message did not arrive: its lines ride along with the next.
    pub(super) fn put_back_logs(&self, mut logs: Vec<Log>) {
        let mut waiting = self.logs.borrow_mut();
        logs.append(&mut waiting);
        logs.truncate(MOST);
        *waiting = logs;
    }
}
