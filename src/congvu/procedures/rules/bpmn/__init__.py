"""Processes as BPMN 2.0 diagrams (ISO/IEC 19510): drawn, written, read. Pure: bytes and values in, values out."""
