//! # house: the shell, one file a stage
