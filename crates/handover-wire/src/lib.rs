//! The dossier format of Handover.
