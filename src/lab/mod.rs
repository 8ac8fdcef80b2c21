//! # lab: private mail servers on loopback, for the demo, the tests and the bench
