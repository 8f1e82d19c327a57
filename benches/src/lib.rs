//! Scenes for the measurements.
